"""Each component of the plugin with an example, mostly from Elasticsearch's reference, which states stock behaviour."""

from dataclasses import dataclass, field
from typing import Any

Definition = str | dict[str, Any]


@dataclass(frozen=True)
class Example:
    """One component in a chain: what goes in and the tokens that come out."""

    kind: str
    """``char_filter``, ``tokenizer`` or ``filter``."""
    name: str
    text: str
    tokens: list[str]
    settings: dict[str, Any] = field(default_factory=dict)
    tokenizer: Definition = "whitespace"
    before: tuple[Definition, ...] = ()
    after: tuple[Definition, ...] = ()
    needs_type: bool = True
    """False: the component exists by name only, and takes no settings."""

    @property
    def definition(self) -> Definition:
        return {"type": self.name, **self.settings} if self.needs_type else self.name

    @property
    def chain(self) -> dict[str, Any]:
        """The analyzer that shows the component, as the analyze API takes it."""
        if self.kind == "tokenizer":
            return {"tokenizer": self.definition}
        if self.kind == "char_filter":
            return {"tokenizer": self.tokenizer, "char_filter": [self.definition]}
        return {"tokenizer": self.tokenizer, "filter": [*self.before, self.definition, *self.after]}


def _char_filter(name: str, text: str, tokens: list[str], **rest: Any) -> Example:
    return Example("char_filter", name, text, tokens, **rest)


def _tokenizer(name: str, text: str, tokens: list[str], **settings: Any) -> Example:
    return Example("tokenizer", name, text, tokens, settings)


def _filter(name: str, text: str, tokens: str, **rest: Any) -> Example:
    return Example("filter", name, text, tokens.split(), **rest)


EXAMPLES = [
    _char_filter("html_strip", "<p>I&apos;m so <b>happy</b>!</p>", ["\nI'm so happy!\n"], tokenizer="keyword"),
    _char_filter(
        "html_strip",
        "<p>I&apos;m so <b>happy</b>!</p>",
        ["\nI'm so <b>happy</b>!\n"],
        tokenizer="keyword",
        settings={"escaped_tags": ["b"]},
    ),
    _char_filter(
        "mapping",
        "My license plate is ٢٥٠١٥",
        ["My", "license", "plate", "is", "25015"],
        settings={"mappings": ["٠ => 0", "١ => 1", "٢ => 2", "٥ => 5"]},
    ),
    _char_filter("mapping", "كتـــاب a-b", ["كتاب", "a", "b"], settings={"mappings": ["ـ =>", "- => \\u0020"]}),
    _char_filter(
        "pattern_replace",
        "My credit card is 123-456-789",
        ["My", "credit", "card", "is", "123_456_789"],
        settings={"pattern": "(\\d+)-(?=\\d)", "replacement": "$1_"},
    ),
    _tokenizer(
        "char_group",
        "The QUICK brown-fox",
        ["The", "QUICK", "brown", "fox"],
        tokenize_on_chars=["whitespace", "-", "\\n"],
    ),
    _tokenizer("edge_ngram", "Quick Fox", ["Q", "Qu"]),
    _tokenizer(
        "edge_ngram",
        "2 Quick Foxes.",
        ["Qu", "Qui", "Quic", "Quick", "Fo", "Fox", "Foxe", "Foxes"],
        min_gram=2,
        max_gram=10,
        token_chars=["letter", "digit"],
    ),
    _tokenizer("keyword", "New York", ["New York"]),
    _tokenizer("ngram", "fox", ["f", "fo", "o", "ox", "x"]),
    _tokenizer(
        "ngram",
        "2 Quick Foxes.",
        ["Qui", "uic", "ick", "Fox", "oxe", "xes"],
        min_gram=3,
        max_gram=3,
        token_chars=["letter", "digit"],
    ),
    _tokenizer("ngram", "a+b_", ["+b"], min_gram=2, max_gram=2, token_chars=["custom"], custom_token_chars="+b"),
    _tokenizer("pattern", "The foo_bar_size's default is 5.", ["The", "foo_bar_size", "s", "default", "is", "5"]),
    _tokenizer("pattern", "comma,separated,values", ["comma", "separated", "values"], pattern=","),
    _tokenizer(
        "uax_url_email",
        "Email me at john.smith@global-international.com",
        ["Email", "me", "at", "john.smith@global-international.com"],
    ),
    _tokenizer("whitespace", "The 2 QUICK Brown-Foxes' bone.", ["The", "2", "QUICK", "Brown-Foxes'", "bone."]),
    _tokenizer("whitespace", "abcdefgh", ["abcde", "fgh"], max_token_length=5),
    _filter("apostrophe", "Istanbul'a veya Istanbul'dan", "Istanbul veya Istanbul"),
    _filter("arabic_normalization", "إلى آخر الأمّة مكتبة هدى", "الي اخر الامه مكتبه هدي"),
    _filter("arabic_stem", "الكتاب والمعلمون مدرسات", "كتاب معلم مدرس"),
    _filter("asciifolding", "açaí à la carte", "acai a la carte"),
    _filter("asciifolding", "à la", "a à la", settings={"preserve_original": True}),
    _filter("decimal_digit", "१-one two-२ ٣", "1-one two-2 3"),
    _filter("edge_ngram", "the quick", "t th q qu"),
    _filter("edge_ngram", "quick", "k ck", settings={"side": "back"}),
    _filter("elision", "j’examine près du wharf", "examine près du wharf", needs_type=False),
    _filter("elision", "l'avion qu'il", "avion qu'il", settings={"articles": ["l"]}),
    _filter(
        "flatten_graph",
        "dns is fast",
        "domain dns name system is fast",
        before=("lowercase", {"type": "synonym_graph", "synonyms": ["dns, domain name system"]}),
    ),
    _filter("german_normalization", "weißbier aepfel für", "weissbier apfel fur"),
    _filter("indic_normalization", "अाॅअाॅ", "ऑऑ"),
    _filter(
        "keep",
        "the quick fox jumps over the lazy dog",
        "fox dog",
        settings={"keep_words": ["dog", "elephant", "fox"]},
    ),
    _filter("keep_types", "1 quick fox 2 lazy dogs", "1 2", settings={"types": ["<NUM>"]}, tokenizer="standard"),
    _filter(
        "keyword_marker",
        "fox running and jumping",
        "fox run and jumping",
        settings={"keywords": ["jumping"]},
        after=("porter_stem",),
    ),
    _filter(
        "keyword_marker",
        "running jumping",
        "run jumping",
        settings={"keywords_pattern": "j.*"},
        after=("porter_stem",),
    ),
    _filter("keyword_repeat", "fox running", "fox fox running run", needs_type=False, after=("stemmer",)),
    _filter("kstem", "the foxes jumping quickly", "the fox jump quick"),
    _filter(
        "length",
        "the quick brown fox jumps over the lazy dog",
        "the fox over the lazy dog",
        settings={"min": 0, "max": 4},
    ),
    _filter("limit", "quick fox jumps over lazy dog", "quick fox", settings={"max_token_count": 2}),
    _filter("lowercase", "THE Quick FoX", "the quick fox"),
    _filter("lowercase", "IŞIK", "ışık", settings={"language": "turkish"}),
    _filter(
        "multiplexer",
        "Going HOME",
        "Going going go HOME home",
        settings={"filters": ["lowercase", "lowercase, porter_stem"]},
    ),
    _filter("multiplexer", "Going", "going", settings={"filters": ["lowercase"], "preserve_original": False}),
    _filter("ngram", "Quick fox", "Q Qu u ui i ic c ck k f fo o ox x"),
    _filter(
        "pattern_capture",
        "abc123def456",
        "abc123 abc 123 def456 def 456",
        settings={"preserve_original": False, "patterns": ["(([a-z]+)(\\d*))"]},
    ),
    _filter(
        "pattern_replace",
        "foxes jump lazy dogs",
        "foxes jump lazy watchdogs",
        settings={"pattern": "(dog)", "replacement": "watch$1"},
    ),
    _filter("persian_normalization", "کتابی", "كتابي"),
    _filter("persian_stem", "كتابها", "كتاب"),
    _filter("porter_stem", "the foxes jumping quickly", "the fox jump quickli"),
    _filter("remove_duplicates", "jumping dog", "jumping jump dog", before=("keyword_repeat", "stemmer")),
    _filter("reverse", "quick fox jumps", "kciuq xof spmuj"),
    _filter("sorani_normalization", "كوردي", "کوردی"),
    _filter("stemmer", "the foxes jumping quickly", "the fox jump quickli"),
    _filter("stemmer", "الكتاب", "كتاب", settings={"language": "arabic"}),
    _filter(
        "stemmer_override",
        "running runs stemmer jumping",
        "run run stemmer jump",
        settings={"rules": ["running, runs => run", "stemmer => stemmer"]},
        after=("porter_stem",),
    ),
    _filter("synonym", "universe rocks", "cosmos rocks", settings={"synonyms": ["universe, world => cosmos"]}),
    _filter("synonym_graph", "i-pod", "ipod i-pod", settings={"synonyms": ["ipod, i-pod"]}),
    _filter("trim", " fox ", "fox", before=({"type": "pattern_replace", "pattern": "^", "replacement": " "},)),
    _filter(
        "truncate",
        "the quinquennial extravaganza carried on",
        "the quinquenni extravagan carried on",
        needs_type=False,
    ),
    _filter("truncate", "quinquennial", "quinq", settings={"length": 5}),
    _filter("unique", "the quick fox jumps the lazy fox", "the quick fox jumps lazy"),
    _filter(
        "unique",
        "jumping dog dog",
        "jumping jump dog dog",
        settings={"only_on_same_position": True},
        before=("keyword_repeat", "stemmer"),
    ),
    _filter("uppercase", "the Quick FoX", "THE QUICK FOX"),
    _filter(
        "word_delimiter",
        "Neil's-Super-Duper-XL500--42+AutoCoder",
        "Neil Super Duper XL 500 42 Auto Coder",
    ),
    _filter(
        "word_delimiter_graph",
        "Neil's-Super-Duper-XL500--42+AutoCoder",
        "Neil Super Duper XL 500 42 Auto Coder",
    ),
    _filter(
        "word_delimiter_graph",
        "wi-fi #tag",
        "wifi wi fi #tag",
        settings={"catenate_all": True, "type_table": ["# => ALPHA"]},
    ),
]
