"""`python -m config.rules`: one law of `make check`."""

import sys

from config.rules.reading import main

sys.exit(main())
