"""The sound article that the bad files are spoiled copies of."""

from typing import Any

TITLE = "افتتاح مستشفى جديد في مدينة صفاقس التونسية"
LEAD = "أعلنت وزارة الصحة في تونس اليوم افتتاح مستشفى جديد في مدينة صفاقس، بعد ثلاث سنوات من الأشغال."
QUOTE = "وقال وزير الصحة إن المستشفى يضم مئتي سرير وأربع غرف للعمليات، وإن العمل فيه يبدأ مطلع الشهر المقبل."
END = "وطالب سكان المدينة منذ سنوات بمستشفى يجنبهم السفر إلى العاصمة تونس للعلاج، وشكروا كل من ساهم في بنائه."
BODY = f"{LEAD}\n{QUOTE}\n{END}"
TEXT = f"{TITLE}\n\n{BODY}\n"


def page(body: str = "", head: str = "", title: str = TITLE) -> str:
    """Return an ordinary page of the article, with more in its head and at the end of its text."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n"))
    return (
        f'<!DOCTYPE html><html lang="ar"><head><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{paragraphs}{body}</article></body></html>"
    )


def has_the_body(document: dict[str, Any]) -> None:
    """All of the article came through, and nothing else."""
    assert document["body"] == BODY
