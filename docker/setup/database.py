"""Airflow's database brought up to this version, and its first administrator.

    python database.py PASSWORD_FILE

The user ``admin`` is made once; who changes the password in Airflow keeps the change.
"""

import subprocess
import sys
from pathlib import Path

USER = "admin"


def main(password_file: Path) -> None:
    """Do both; doing it again changes nothing."""
    subprocess.run(["airflow", "db", "migrate"], check=True)
    # The CLI would take the password as an argument, which lists of processes show.
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        manager = builder.sm
        if manager.find_user(USER):
            print(f"user '{USER}': kept")
            return
        password = password_file.read_text(encoding="utf-8").strip()
        made = manager.add_user(USER, "Fihrist", "Admin", "admin@localhost", manager.find_role("Admin"), password)
        if not made:
            raise SystemExit(f"Airflow did not take the user '{USER}'; its log above says why.")
        print(f"user '{USER}': made")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
