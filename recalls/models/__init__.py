from recalls.models.analysis import Analysis, AnalysisBatch
from recalls.models.batch import RecallBatch
from recalls.models.batch_parts import BatchCompany, BatchRemedy
from recalls.models.citation import Citation
from recalls.models.conflict import Conflict
from recalls.models.duplicate import DuplicateProposal
from recalls.models.incident import Incident, RootCause
from recalls.models.joint_group import JointGroup
from recalls.models.line import Progress, RecalledProduct
from recalls.models.place import Region, Regulator
from recalls.models.rate import ExchangeRate
from recalls.models.record import (
    Difference,
    ImportedBatch,
    NoticeLink,
    NoticeRecord,
    Revision,
)
from recalls.models.response import (
    ContributingFactor,
    Event,
    FinancialIndicator,
    Impact,
    Measure,
    RecoveryPhase,
)
from recalls.models.run import ImportRun, RefusedRow
from recalls.models.saved_view import SavedView
from recalls.models.upload import RowOutcome, SpreadsheetCell, SpreadsheetRow, SpreadsheetUpload

__all__ = [
    "Analysis",
    "AnalysisBatch",
    "BatchCompany",
    "BatchRemedy",
    "Citation",
    "Conflict",
    "ContributingFactor",
    "Difference",
    "DuplicateProposal",
    "Event",
    "ExchangeRate",
    "FinancialIndicator",
    "Impact",
    "ImportRun",
    "ImportedBatch",
    "Incident",
    "JointGroup",
    "Measure",
    "NoticeLink",
    "NoticeRecord",
    "Progress",
    "RecallBatch",
    "RecalledProduct",
    "RecoveryPhase",
    "RefusedRow",
    "Region",
    "Regulator",
    "Revision",
    "RootCause",
    "RowOutcome",
    "SavedView",
    "SpreadsheetCell",
    "SpreadsheetRow",
    "SpreadsheetUpload",
]
