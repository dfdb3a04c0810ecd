"""How large may a file of a member be, outside and inside, and how much may cleaning it cost?"""

MEGABYTE = 1024 * 1024

SENT_BYTES = 20 * MEGABYTE
REQUEST_BYTES = 64 * MEGABYTE

IMAGE_PIXELS = 50_000_000
PDF_PAGES = 200
PDF_OBJECTS = 100_000
TEXT_LETTERS = 200_000

# Office files are archives: what counts is what comes out of them, not what their headers promise.
INFLATED_BYTES = 200 * MEGABYTE
PART_BYTES = 40 * MEGABYTE
PARTS = 2_000

# The process that opens a file may use this much and then dies alone.
CLEANER_MEMORY_BYTES = 1536 * MEGABYTE
CLEANER_FILE_BYTES = 64 * MEGABYTE
CLEANER_CPU_SECONDS = 30
CLEANER_SECONDS = 60
TEXT_SECONDS = 10

# Cleaners of one web process at a time, and how long the next one waits for its turn.
CLEANERS = 1
TURN_SECONDS = 30
