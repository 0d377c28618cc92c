"""The words that the data set is made of, in the scripts and shares of the real notices."""

# code, name, currency, share of all batches
REGIONS = [
    ("US", "United States", "USD", 46), ("EU", "European Union", "EUR", 14), ("CA", "Canada", "CAD", 11),
    ("CN", "China", "CNY", 9), ("JP", "Japan", "JPY", 6), ("GB", "United Kingdom", "GBP", 4),
    ("AU", "Australia", "AUD", 3), ("KR", "South Korea", "KRW", 2), ("DE", "Germany", "EUR", 1.5),
    ("FR", "France", "EUR", 1), ("TW", "Taiwan", "TWD", 0.7), ("MX", "Mexico", "MXN", 0.6),
    ("BR", "Brazil", "BRL", 0.5), ("SG", "Singapore", "SGD", 0.3), ("NZ", "New Zealand", "NZD", 0.2),
    ("HK", "Hong Kong", "HKD", 0.15), ("ZZ", "Elsewhere, not named", "", 0.05),
]  # fmt: skip
# region, slug, abbreviation, name, share within the region
REGULATORS = [
    ("US", "cpsc", "CPSC", "Consumer Product Safety Commission", 60),
    ("US", "nhtsa", "NHTSA", "National Highway Traffic Safety Administration", 25),
    ("US", "fda", "FDA", "Food and Drug Administration", 15),
    ("EU", "safety-gate", "Safety Gate", "Safety Gate", 1),
    ("CA", "health-canada", "Health Canada", "Health Canada", 90),
    ("CA", "tc", "TC", "Transport Canada", 10),
    ("CN", "samr", "SAMR", "国家市场监督管理总局", 60),
    ("CN", "guangdong-amr", "Guangdong AMR", "广东省市场监督管理局", 20),
    ("CN", "zhejiang-amr", "Zhejiang AMR", "浙江省市场监督管理局", 20),
    ("JP", "meti", "METI", "経済産業省", 70),
    ("JP", "caa", "CAA", "消費者庁", 30),
    ("GB", "opss", "OPSS", "Office for Product Safety and Standards", 1),
    ("AU", "accc", "ACCC", "Australian Competition and Consumer Commission", 1),
    ("KR", "kats", "KATS", "국가기술표준원", 1),
    ("DE", "bfarm", "BAuA", "Bundesanstalt für Arbeitsschutz und Arbeitsmedizin", 1),
    ("FR", "dgccrf", "DGCCRF", "Direction générale de la concurrence", 1),
    ("TW", "bsmi", "BSMI", "經濟部標準檢驗局", 1),
    ("MX", "profeco", "PROFECO", "Procuraduría Federal del Consumidor", 1),
    ("BR", "senacon", "SENACON", "Secretaria Nacional do Consumidor", 1),
    ("SG", "cpso", "CPSO", "Consumer Product Safety Office", 1),
    ("NZ", "mbie", "MBIE", "Ministry of Business, Innovation and Employment", 1),
    ("HK", "customs-hk", "C&ED", "Customs and Excise Department", 1),
    ("ZZ", "oecd", "OECD", "Organisation for Economic Co-operation and Development", 1),
]
# The firms with most batches: name, country, aliases as (name, language)
BRANDS = [
    ("Anker", "CN", [("安克创新", "zh"), ("安克", "zh"), ("アンカー・ジャパン", "ja")]),
    ("Romoss", "CN", [("罗马仕", "zh"), ("ロモス", "ja")]),
    ("小米", "CN", [("Xiaomi", "en"), ("シャオミ", "ja")]),
    ("Baseus", "CN", [("倍思", "zh"), ("ベースアス", "ja")]),
    ("Ugreen", "CN", [("绿联", "zh"), ("ユーグリーン", "ja")]),
    ("Belkin", "US", [("贝尔金", "zh"), ("ベルキン", "ja")]),
    ("パナソニック", "JP", [("Panasonic", "en"), ("松下电器", "zh")]),
    ("Samsung", "KR", [("삼성전자", "ko"), ("三星电子", "zh")]),
    ("ESR", "CN", [("亿色", "zh")]),
    ("Zendure", "CN", [("征拓", "zh")]),
]
BEGINNINGS = [
    "Lum", "Hom", "Kid", "Trail", "Nor", "Vel", "Bri", "Cas", "Dor", "Ever", "Fal", "Gran", "Har", "Iva", "Jor",
    "Kel", "Mar", "Nes", "Oly", "Pri", "Quin", "Ros", "Sil", "Tor", "Ul", "Ver", "Wil", "Xan", "Yor", "Zel",
]  # fmt: skip
MIDDLES = [
    "a",
    "i",
    "o",
    "e",
    "en",
    "ar",
    "is",
    "or",
    "um",
    "el",
    "an",
    "ex",
    "ill",
    "and",
    "er",
    "ova",
    "este",
    "ina",
]
ENDINGS = [
    "na",
    "ra",
    "tek",
    "stead",
    "ware",
    "line",
    "ton",
    "max",
    "roo",
    "head",
    "fit",
    "go",
    "nest",
    "way",
    "lux",
    "co",
]
FIRMS = [
    "Inc.",
    "Innovations",
    "Trading Co., Ltd.",
    "Home Products Inc.",
    "Technology Limited",
    "Outdoor LLC",
    "GmbH",
]
CHINESE = "安博创达德鼎丰富高广海恒宏华汇佳金康利联龙美明宁鹏奇瑞森深盛天威新鑫兴亚阳益永宇远云泽正中卓"
CHINESE_FIRMS = ["科技有限公司", "电子有限公司", "儿童用品有限公司", "实业有限公司", "电器股份有限公司"]
KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニノハヒフヘホマミムメモヤユヨラリルレロワン"
JAPANESE_FIRMS = ["株式会社", "工業株式会社", "電機株式会社", "商事株式会社"]

# English, Chinese, Japanese, hazards that it tends to, share
PRODUCTS = [
    ("Power Banks", "移动电源", "モバイルバッテリー", ["fire", "burn", "explosion"], 14),
    ("Portable Heaters", "取暖器", "電気ストーブ", ["fire", "electric shock"], 7),
    ("Desk Lamps", "台灯", "デスクライト", ["electric shock", "fire"], 6),
    ("Children's Pajamas", "儿童睡衣", "子ども用パジャマ", ["burn"], 10),
    ("Infant Walkers", "婴儿学步车", "歩行器", ["fall", "entrapment"], 6),
    ("Ladders", "梯子", "はしご", ["fall"], 4),
    ("Bicycle Helmets", "头盔", "ヘルメット", ["impact", "crash"], 5),
    ("Gas Ranges", "燃气灶", "ガスコンロ", ["burn", "fire", "poisoning"], 4),
    ("Candles", "蜡烛", "キャンドル", ["fire", "laceration"], 4),
    ("Air Fryers", "空气炸锅", "エアフライヤー", ["fire", "burn"], 5),
    ("Toy Sets", "玩具套装", "おもちゃセット", ["choking", "ingestion", "strangulation"], 13),
    ("Recliners", "躺椅", "リクライニングチェア", ["entrapment", "fall"], 3),
    ("Dressers", "抽屉柜", "タンス", ["tip-over", "entrapment"], 5),
    ("E-Bikes", "电动自行车", "電動アシスト自転車", ["fire", "crash"], 4),
    ("Pressure Cookers", "压力锅", "圧力鍋", ["burn"], 3),
    ("Inflatable Pool Toys", "充气泳具", "浮き輪", ["drowning"], 2),
    ("Cleaning Sprays", "清洁喷雾", "洗浄スプレー", ["chemical", "poisoning"], 2),
    ("Crib Bumpers", "婴儿床围", "ベビーベッドガード", ["suffocation"], 2),
    ("Bluetooth Speakers", "蓝牙音箱", "ブルートゥーススピーカー", ["fire", "burn"], 1),
]
CAUSES = {
    "fire": "The lithium-ion battery can overheat and ignite, posing a fire hazard.",
    "burn": "The product can overheat or fail to meet flammability standards, posing a burn hazard to consumers.",
    "explosion": "The cells can swell and burst, posing an explosion hazard.",
    "electric shock": "A wire can come loose and touch the housing, posing a risk of electric shock.",
    "fall": "The locking mechanism can fail to engage, posing a fall hazard and a risk of serious injury or death.",
    "entrapment": "An opening is large enough for a child's head, posing an entrapment hazard.",
    "impact": "The liner does not absorb the energy of an impact as the standard requires, posing a head injury.",
    "crash": "The fork can break while riding, posing crash and fall hazards.",
    "poisoning": "Carbon monoxide can leak, posing a risk of poisoning and death.",
    "laceration": "The glass can shatter unexpectedly, posing a laceration hazard.",
    "choking": "Small parts can detach, posing a choking hazard to young children.",
    "ingestion": "Button cell batteries can be reached easily, posing a risk of ingestion and internal chemical burns.",
    "strangulation": "The cord is longer than the standard allows, posing a strangulation hazard.",
    "tip-over": "The furniture is unstable if it is not anchored to the wall, posing tip-over hazards.",
    "drowning": "A seam can open while in use, posing a drowning hazard.",
    "chemical": "The packaging is not child-resistant and its label omits what the law requires.",
    "suffocation": "The padding can obstruct an infant's breathing, posing a suffocation hazard.",
    "other": "The product does not meet a mandatory standard.",
}
FURTHER = (
    " The recalled units were sold in black, white and blue and measure about 10 inches long and 8 inches wide. "
    "The brand is printed on the front, and the model number and date code are on a label on the underside; "
    "units with another date code are not included."
)
SHOPS = [
    "Amazon.com",
    "Target stores nationwide",
    "Walmart stores nationwide and online at www.walmart.com",
    "Costco",
    "specialty stores nationwide and online at various websites including Temu.com and Shein.com",
]
