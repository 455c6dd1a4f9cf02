from pipeline.index.carry import only_known

PROPERTIES = {
    "id": {"type": "keyword"},
    "source": {"properties": {"uri": {"type": "keyword"}}},
    "mentions": {"type": "object", "enabled": False},
}


def test_fields_that_a_strict_mapping_does_not_know_are_left_out_at_every_depth():
    document = {"id": "a", "gone": 1, "source": {"uri": "x", "gone": 2}, "mentions": [{"text": "y", "anything": 3}]}
    assert only_known(document, PROPERTIES) == {
        "id": "a",
        "source": {"uri": "x"},
        "mentions": [{"text": "y", "anything": 3}],
    }


def test_a_document_that_fits_stays_as_it_is():
    document = {"id": "a", "source": {"uri": None}, "mentions": []}
    assert only_known(document, PROPERTIES) == document
