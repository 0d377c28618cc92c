// Leaves empty filters out of the address, so that it stays short enough to share.
document.querySelector(".filters form")?.addEventListener("formdata", ({ formData }) => {
  const filled = [...formData].filter(([, value]) => value !== "");
  for (const name of [...formData.keys()]) formData.delete(name);
  for (const [name, value] of filled) formData.append(name, value);
});
