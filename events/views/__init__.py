"""HTTP in, one call, HTTP out: what everybody may open, what a member does, what organisers do."""
