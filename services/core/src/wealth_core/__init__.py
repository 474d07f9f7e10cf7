"""The domain shared by the Python services. Importing the package itself loads nothing: take the modules you need."""
