"""What Kibana's refusals mean, in one sentence that says what to do."""

import httpx

from pipeline.errors import FihristError, NeedsPersonError


class KibanaError(FihristError):
    """Kibana can't be reached, is not ready, or not one that we can use: nothing more can be done there."""


class KibanaAccessError(KibanaError, NeedsPersonError):
    """Address, version, certificate or credentials are wrong: a person has to mend that first."""


class RefusedError(FihristError):
    """Kibana refused one request; others may still go well."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def refusal(answer: httpx.Response, url: str, space: str) -> FihristError:
    """Return the error that an answer with an error status, or one that sends us elsewhere, stands for."""
    status = answer.status_code
    if answer.is_redirect:
        return KibanaAccessError(f"{url} sends us to {answer.headers.get('location')}: is FIHRIST_KIBANA_URL right?")
    if status == 401:
        return KibanaAccessError(
            f"{url} refused the credentials: FIHRIST_KIBANA_API_KEY, or FIHRIST_KIBANA_USER and _PASSWORD, "
            "are missing, wrong or expired."
        )
    if status == 403:
        return RefusedError(
            status, f"the key or user may not do this ({reason(answer)}); it needs 'all' on the space {space}"
        )
    return RefusedError(status, f"Kibana answered {status}: {reason(answer)}")


def reason(answer: httpx.Response) -> str:
    """Return Kibana's own words, on one line and not without end."""
    try:
        body = answer.json()
        text = str(body.get("message", body)) if isinstance(body, dict) else str(body)
    except ValueError:
        text = answer.text
    return " ".join(text.split())[:300] or answer.reason_phrase
