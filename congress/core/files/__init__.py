"""What does the portal do with the files of its members? Opens, cleans, keeps, serves and scans them.

The door is `intake.take_in`; `store` keeps bytes by key, `serve` answers with them, `scan` asks a scanner. Facts about
a file are the caller's row. Nothing is imported here, because the process that opens files loads this module too.
Source: decision 0013.
"""
