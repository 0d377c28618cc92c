"""The contagion view: supplier, cell, product models, brands, batches, regions; nothing counted twice."""
