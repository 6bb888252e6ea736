"""``python -m ostraka``: the command line where the folder of scripts is not on the path."""

from ostraka.cli import main

raise SystemExit(main())
