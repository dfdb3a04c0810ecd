"""Which pages are there about people? One module for each subject."""
