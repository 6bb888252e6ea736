"""``python -m ostraka.cli``."""

from ostraka.cli import main

raise SystemExit(main())
