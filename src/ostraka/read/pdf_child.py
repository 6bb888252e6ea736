"""The text of one PDF, in a process of its own: ``python pdf_child.py FILE`` prints JSON.

Run by path and knowing nothing of Ostraka, so that a hostile file meets a small process with limits on
time, memory and output, and can take nothing else down.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

CPU_SECONDS = 30
MEMORY_BYTES = 2 * 1024**3
OUTPUT_BYTES = 64 * 1024**2
MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000


def limit() -> None:
    """Limits on time, memory and output, where the platform has them."""
    try:
        import resource  # noqa: PLC0415 - not on every platform
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS knows some limits and refuses to set them
            resource.setrlimit(what, (ceiling, ceiling))


def read(path: str) -> dict[str, object]:
    """Text of the pages, title, number of pages, and what went wrong."""
    import pypdf  # noqa: PLC0415 - after the limits are set

    reader = pypdf.PdfReader(Path(path))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "locked with a password; save it without one"}
    pages: list[str] = []
    errors = size = 0
    n_pages = len(reader.pages)
    for page in reader.pages[:MAX_PAGES] if n_pages > MAX_PAGES else reader.pages:
        try:
            pages.append(page.extract_text() or "")
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - one broken page must not take the others with it
            errors += 1
        size += len(pages[-1]) if pages else 0
        if size > MAX_CHARACTERS:
            break
    title = reader.metadata.title if reader.metadata else ""
    return {"pages": pages, "title": title or "", "n_pages": n_pages, "broken": errors}


def main() -> None:
    """Print the result as one line of ASCII JSON."""
    limit()
    try:
        result = read(sys.argv[1])
    except Exception as error:  # noqa: BLE001 - whatever a hostile file raises is an answer
        result = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
