"""DynamoDB: items of every kind of value, in calls of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith.runtime import from_boto3, to_boto3


@pytest.fixture(scope="module")
def dynamodb() -> Any:
    """The generated package."""
    return import_service("dynamodb")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("dynamodb")


@pytest.fixture
def table(dynamodb: Any, client: Any) -> str:
    """A table of items that have a text and a number for a key."""
    client.create_table(
        table_name="parcels",
        key_schema=[
            dynamodb.KeySchemaElement(
                attribute_name="depot", key_type=dynamodb.KeyType.HASH
            ),
            dynamodb.KeySchemaElement(attribute_name="number", key_type="RANGE"),
        ],
        attribute_definitions=[
            dynamodb.AttributeDefinition(
                attribute_name="depot",
                attribute_type=dynamodb.ScalarAttributeType.S,
            ),
            dynamodb.AttributeDefinition(attribute_name="number", attribute_type="N"),
        ],
        billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
    )
    return "parcels"


@pytest.fixture
def key(dynamodb: Any) -> Callable[..., dict[str, Any]]:
    """Makes keys of items."""
    value = dynamodb.AttributeValue
    return lambda depot, number: {
        "depot": value(s=depot),
        "number": value(n=str(number)),
    }


@pytest.fixture
def everything(dynamodb: Any) -> dict[str, Any]:
    """An item with an attribute of each kind, and of each that may be empty."""
    value = dynamodb.AttributeValue
    return {
        "depot": value(s="north"),
        "number": value(n="1"),
        "text": value(s="grüß"),
        "fraction": value(n="3.14159265358979323846"),
        "bytes": value(b=b"\x00\xff"),
        "texts": value(ss=["a", "b"]),
        "numbers": value(ns=["1", "-2.5"]),
        "bytes of several": value(bs=[b"\x00", b"\xfe\xff"]),
        "map": value(m={"list": value(l=[value(null=True), value(bool=False)])}),
        "list": value(l=[value(s="a"), value(n="1"), value(b=b"b")]),
        "nothing": value(null=True),
        "true": value(bool=True),
        "false": value(bool=False),
        "empty text": value(s=""),
        "empty bytes": value(b=b""),
        "empty list": value(l=[]),
        "empty map": value(m={}),
    }


def test_the_life_of_a_table(
    dynamodb: Any, client: Any, table: str, connect_boto3: Callable[..., Any]
) -> None:
    """Describe, list, alter and delete it."""
    described = client.describe_table(table_name=table).table
    theirs = connect_boto3("dynamodb").describe_table(TableName=table)
    expiry = dynamodb.TimeToLiveSpecification(enabled=True, attribute_name="until")
    set_ = client.update_time_to_live(
        table_name=table, time_to_live_specification=expiry
    )
    told = client.describe_time_to_live(table_name=table).time_to_live_description
    listed = client.list_tables().table_names
    deleted = client.delete_table(table_name=table).table_description

    assert described.table_status is dynamodb.TableStatus.ACTIVE
    assert [part.key_type for part in described.key_schema] == ["HASH", "RANGE"]
    assert described.item_count == 0
    assert from_boto3(dynamodb.DescribeTableOutput, theirs).table == described
    assert set_.time_to_live_specification == expiry
    assert told.time_to_live_status is dynamodb.TimeToLiveStatus.ENABLED
    assert listed == [table]
    assert deleted.table_arn == described.table_arn
    with pytest.raises(dynamodb.ResourceNotFoundException, match="parcels"):
        client.describe_table(table_name=table)


def test_every_kind_of_value(
    dynamodb: Any,
    client: Any,
    table: str,
    everything: dict[str, Any],
    connect_boto3: Callable[..., Any],
) -> None:
    """An item that is put is got, by us and by boto3."""
    key = {name: everything[name] for name in ("depot", "number")}
    client.put_item(table_name=table, item=everything)

    got = client.get_item(
        table_name=table,
        key=key,
        consistent_read=True,
        return_consumed_capacity=dynamodb.ReturnConsumedCapacity.TOTAL,
    )
    request = dynamodb.GetItemInput(table_name=table, key=key)
    theirs = connect_boto3("dynamodb").get_item(**to_boto3(request))

    assert got.item == everything
    assert got.consumed_capacity.capacity_units == 0.5
    assert from_boto3(dynamodb.GetItemOutput, theirs).item == everything
    assert to_boto3(got)["Item"] == theirs["Item"]
    client.delete_item(table_name=table, key=key)
    assert client.get_item(table_name=table, key=key).item is None


def test_an_item_changes(
    dynamodb: Any, client: Any, table: str, key: Callable[..., dict[str, Any]]
) -> None:
    """By an expression with names and values; the old and the new are given back."""
    value = dynamodb.AttributeValue
    where = {"table_name": table, "key": key("north", 1)}
    client.put_item(table_name=table, item=key("north", 1) | {"size": value(n="2")})

    updated = client.update_item(
        **where,
        update_expression="SET #size = #size + :more, note = :note",
        expression_attribute_names={"#size": "size"},
        expression_attribute_values={":more": value(n="1.5"), ":note": value(s="x")},
        return_values=dynamodb.ReturnValue.UPDATED_NEW,
    )
    deleted = client.delete_item(**where, return_values="ALL_OLD")

    assert updated.attributes == {"size": value(n="3.5"), "note": value(s="x")}
    assert deleted.attributes["size"] == value(n="3.5")
    assert client.get_item(**where).item is None


def test_pages_of_a_query(
    dynamodb: Any, client: Any, table: str, key: Callable[..., dict[str, Any]]
) -> None:
    """By hand: the last key of a page begins the next."""
    for number in range(7):
        client.put_item(table_name=table, item=key("north", number))
    client.put_item(table_name=table, item=key("south", 0))
    query = dynamodb.QueryInput(
        table_name=table,
        key_condition_expression="depot = :depot",
        expression_attribute_values={":depot": dynamodb.AttributeValue(s="north")},
        limit=3,
        scan_index_forward=False,
    )

    pages = [client.send(query)]
    while pages[-1].last_evaluated_key:
        query.exclusive_start_key = pages[-1].last_evaluated_key
        pages.append(client.send(query))

    assert [page.count for page in pages] == [3, 3, 1]
    numbers = [int(item["number"].n) for page in pages for item in page.items]
    assert numbers == [6, 5, 4, 3, 2, 1, 0]
    assert pages[-1].last_evaluated_key is None


def test_a_scan(
    dynamodb: Any, client: Any, table: str, key: Callable[..., dict[str, Any]]
) -> None:
    """With a filter, and with a count alone."""
    for number in range(5):
        client.put_item(table_name=table, item=key("north", number))

    found = client.scan(
        table_name=table,
        filter_expression="#n > :n",
        expression_attribute_names={"#n": "number"},
        expression_attribute_values={":n": dynamodb.AttributeValue(n="2")},
    )
    counted = client.scan(table_name=table, select=dynamodb.Select.COUNT)

    assert (found.count, found.scanned_count) == (2, 5)
    assert sorted(item["number"].n for item in found.items) == ["3", "4"]
    assert (counted.count, counted.items) == (5, None)


def test_batches(
    dynamodb: Any, client: Any, table: str, key: Callable[..., dict[str, Any]]
) -> None:
    """Puts and deletes of one request, and gets of another."""
    client.put_item(table_name=table, item=key("north", 0))
    puts = [
        dynamodb.WriteRequest(
            put_request=dynamodb.PutRequest(item=key("north", number))
        )
        for number in (1, 2)
    ]
    delete = dynamodb.WriteRequest(
        delete_request=dynamodb.DeleteRequest(key=key("north", 0))
    )

    written = client.batch_write_item(request_items={table: [*puts, delete]})
    keys = [key("north", number) for number in range(3)]
    got = client.batch_get_item(
        request_items={table: dynamodb.KeysAndAttributes(keys=keys)}
    )

    assert written.unprocessed_items == {}
    assert sorted(item["number"].n for item in got.responses[table]) == ["1", "2"]


def test_a_condition_that_does_not_hold(
    dynamodb: Any,
    client: Any,
    table: str,
    key: Callable[..., dict[str, Any]],
    everything: dict[str, Any],
) -> None:
    """The error tells the item that was in the way."""
    client.put_item(table_name=table, item=everything)

    with pytest.raises(dynamodb.ConditionalCheckFailedException) as caught:
        client.put_item(
            table_name=table,
            item=key("north", 1),
            condition_expression="attribute_not_exists(depot)",
            return_values_on_condition_check_failure="ALL_OLD",
        )

    assert caught.value.item == everything
    assert caught.value.message == "The conditional request failed"
    assert caught.value.response["Item"]["bytes"] == {"B": b"\x00\xff"}


def test_transactions(
    dynamodb: Any, client: Any, table: str, key: Callable[..., dict[str, Any]]
) -> None:
    """All or nothing; the error tells the reason of each part."""
    puts = [
        dynamodb.TransactWriteItem(
            put=dynamodb.Put(table_name=table, item=key("north", number))
        )
        for number in (1, 2)
    ]
    client.transact_write_items(transact_items=puts)
    check = dynamodb.ConditionCheck(
        table_name=table,
        key=key("north", 1),
        condition_expression="attribute_not_exists(depot)",
        return_values_on_condition_check_failure=(
            dynamodb.ReturnValuesOnConditionCheckFailure.ALL_OLD
        ),
    )
    more = dynamodb.Put(table_name=table, item=key("north", 3))
    with pytest.raises(dynamodb.TransactionCanceledException) as caught:
        client.transact_write_items(
            transact_items=[
                dynamodb.TransactWriteItem(put=more),
                dynamodb.TransactWriteItem(condition_check=check),
            ]
        )
    got = client.transact_get_items(
        transact_items=[
            dynamodb.TransactGetItem(
                get=dynamodb.Get(table_name=table, key=key("north", number))
            )
            for number in (1, 3)
        ]
    )

    fine, refused = caught.value.cancellation_reasons
    assert fine == dynamodb.CancellationReason(code="None")
    assert refused.code == "ConditionalCheckFailed"
    assert refused.item == key("north", 1)
    assert [response.item for response in got.responses] == [key("north", 1), None]


def test_what_moto_has_no_class_for(dynamodb: Any, client: Any, table: str) -> None:
    """An error that the model does not list is the service's own root."""
    with pytest.raises(dynamodb.DynamoDBError) as caught:
        client.put_item(
            table_name=table, item={"depot": dynamodb.AttributeValue(s="north")}
        )

    assert type(caught.value) is dynamodb.DynamoDBError
    assert caught.value.code == "ValidationException"
    with pytest.raises(client.exceptions.ResourceInUseException):
        client.create_table(
            table_name=table,
            key_schema=[
                dynamodb.KeySchemaElement(attribute_name="depot", key_type="HASH")
            ],
            attribute_definitions=[
                dynamodb.AttributeDefinition(attribute_name="depot", attribute_type="S")
            ],
            billing_mode="PAY_PER_REQUEST",
        )
