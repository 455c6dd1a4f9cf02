"""The few calls of Airflow's public REST API (v2) that Fihrist makes."""

import time
from typing import Any

import httpx

from pipeline.errors import FihristError


class AirflowApi:
    """A client that logs in once with user and password (SimpleAuthManager's token)."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        response = httpx.post(f"{url}/auth/token", json={"username": user, "password": password}, timeout=30)
        if response.status_code != httpx.codes.CREATED:
            raise FihristError(f"Airflow at {url} refused the login of '{user}' ({response.status_code})")
        token = response.json()["access_token"]
        self._http = httpx.Client(
            base_url=f"{url}/api/v2",
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            limits=httpx.Limits(max_keepalive_connections=0),  # an idle connection would delay the server's stop
        )
