"""Route 53: zones and their records, by identifiers with and without a prefix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest
from tests.contract.scenarios.responder import Answer, Responder
from tests.support.packages import import_service

from botosmith.runtime import from_boto3

#: Prefixes of identifiers that the service gives; it takes them without.
PREFIX = "/hostedzone/"


@pytest.fixture(scope="module")
def route53() -> Any:
    """The generated package."""
    return import_service("route53")


@pytest.fixture
def client(connect: Callable[..., Any]) -> Any:
    """A client of moto's server."""
    return connect("route53")


@pytest.fixture
def zone(route53: Any, client: Any) -> str:
    """The identifier of a zone."""
    created = client.create_hosted_zone(
        name="parcels.example.",
        caller_reference="once",
        hosted_zone_config=route53.HostedZoneConfig(comment="a & <b>"),
    )
    found: str = created.hosted_zone.id
    return found.removeprefix(PREFIX)


@pytest.fixture
def change(route53: Any, client: Any, zone: str) -> Callable[..., Any]:
    """Changes records of the zone."""

    def change(action: str, *records: Any) -> Any:
        changes = [
            route53.Change(action=action, resource_record_set=record)
            for record in records
        ]
        return client.change_resource_record_sets(
            hosted_zone_id=zone, change_batch=route53.ChangeBatch(changes=changes)
        )

    return change


def test_the_life_of_a_zone(
    route53: Any, client: Any, zone: str, connect_boto3: Callable[..., Any]
) -> None:
    """Create, find, alter and delete it."""
    got = client.get_hosted_zone(id=zone)
    theirs = connect_boto3("route53").get_hosted_zone(Id=zone)
    listed = client.list_hosted_zones()
    by_name = client.list_hosted_zones_by_name(dns_name="parcels.example.")
    changed = client.update_hosted_zone_comment(id=zone, comment="other")
    deleted = client.delete_hosted_zone(id=zone)

    assert from_boto3(route53.GetHostedZoneResponse, theirs) == got
    assert got.hosted_zone.config.comment == "a & <b>"
    assert got.hosted_zone.config.private_zone is False
    assert len(got.delegation_set.name_servers) == 4
    assert [found.id for found in listed.hosted_zones] == [f"{PREFIX}{zone}"]
    assert by_name.hosted_zones[0].name == "parcels.example."
    assert changed.hosted_zone.config.comment == "other"
    assert deleted.change_info.status in set(route53.ChangeStatus)
    with pytest.raises(route53.NoSuchHostedZone) as caught:
        client.get_hosted_zone(id=zone)
    assert caught.value.response_metadata.status == 404


def test_an_identifier_as_it_came(client: Any, zone: str) -> None:
    """With its prefix, which botocore cuts; an identifier of the usual length."""
    for given in (f"{PREFIX}{zone}", zone):
        assert client.get_hosted_zone(id=given).hosted_zone.id == f"{PREFIX}{zone}"
    records = client.list_resource_record_sets(hosted_zone_id=f"{PREFIX}{zone}")
    assert records.resource_record_sets


def test_where_a_zone_is(client: Any) -> None:
    """The header of the reply that made it."""
    created = client.create_hosted_zone(name="b.example.", caller_reference="two")

    assert created.location.endswith(created.hosted_zone.id.removeprefix("/"))
    assert created.response_metadata.status == 201


def test_the_life_of_records(
    route53: Any,
    client: Any,
    zone: str,
    change: Callable[..., Any],
    connect_boto3: Callable[..., Any],
) -> None:
    """Create, alter, list and delete them; a change has a state of its own."""
    value = route53.ResourceRecord
    www = route53.ResourceRecordSet(
        name="www.parcels.example.",
        type=route53.RRType.A,
        ttl=60,
        resource_records=[value(value="192.0.2.1"), value(value="192.0.2.2")],
    )
    text = route53.ResourceRecordSet(
        name="text.parcels.example.",
        type=route53.RRType.TXT,
        ttl=0,
        resource_records=[value(value='"a & <b> grüß"')],
    )
    weighted = route53.ResourceRecordSet(
        name="any.parcels.example.",
        type="CNAME",
        set_identifier="half",
        weight=0,
        ttl=5,
        resource_records=[value(value="www.parcels.example.")],
    )
    alias = route53.ResourceRecordSet(
        name="parcels.example.",
        type="A",
        alias_target=route53.AliasTarget(
            hosted_zone_id="Z2FDTNDATAQYW2",
            dns_name="d1.cloudfront.net.",
            evaluate_target_health=False,
        ),
    )
    records = [www, text, weighted, alias]
    made = change("CREATE", *records)
    state = client.get_change(id=made.change_info.id)
    www.ttl = 90
    change("UPSERT", www)
    listed = client.list_resource_record_sets(hosted_zone_id=zone)
    theirs = connect_boto3("route53").list_resource_record_sets(HostedZoneId=zone)
    change("DELETE", *records)
    left = client.list_resource_record_sets(hosted_zone_id=zone)

    assert state.change_info.status is route53.ChangeStatus.INSYNC
    found = {
        (record.name, record.type): record for record in listed.resource_record_sets
    }
    for record in records:
        assert found[record.name, record.type] == record
    assert from_boto3(route53.ListResourceRecordSetsResponse, theirs) == listed
    assert {record.type for record in left.resource_record_sets} == {"NS", "SOA"}


def test_pages_of_records(
    route53: Any, client: Any, zone: str, change: Callable[..., Any]
) -> None:
    """By hand; numbers go as text in the URL, and come as numbers."""
    change(
        "CREATE",
        *(
            route53.ResourceRecordSet(
                name=f"box-{number}.parcels.example.",
                type="A",
                ttl=60,
                resource_records=[route53.ResourceRecord(value="192.0.2.1")],
            )
            for number in range(3)
        ),
    )

    names: list[str] = []
    more: dict[str, Any] = {}
    while True:
        page = client.list_resource_record_sets(
            hosted_zone_id=zone, max_items="2", **more
        )
        names += [record.name for record in page.resource_record_sets]
        if not page.is_truncated:
            break
        more = {
            "start_record_name": page.next_record_name,
            "start_record_type": page.next_record_type,
        }

    assert page.max_items == "2"
    assert len(names) == 5
    assert [name for name in names if name.startswith("box")] == [
        f"box-{number}.parcels.example." for number in range(3)
    ]


def test_a_change_that_cannot_be(
    route53: Any, client: Any, change: Callable[..., Any], zone: str
) -> None:
    """The error of the model; and nothing has changed."""
    record = route53.ResourceRecordSet(
        name="www.parcels.example.",
        type="A",
        ttl=60,
        resource_records=[route53.ResourceRecord(value="192.0.2.1")],
    )
    change("CREATE", record)

    with pytest.raises(route53.InvalidChangeBatch) as caught:
        change("CREATE", record)
    with pytest.raises(client.exceptions.InvalidInput):
        change("DELETE", attrs.evolve(record, name="none.parcels.example."))

    assert "it already exists" in caught.value.message
    left = client.list_resource_record_sets(hosted_zone_id=zone).resource_record_sets
    assert len(left) == 3


def test_an_error_like_no_other(
    route53: Any,
    connect: Callable[..., Any],
    connect_boto3: Callable[..., Any],
    responder: Responder,
) -> None:
    """The service writes this one so, moto does not; botocore finds no code in it."""
    responder.answers = [
        Answer(
            b'<InvalidChangeBatch xmlns="https://route53.amazonaws.com/doc/2013-04-01/">'
            b"<Messages><Message>One</Message><Message>Another</Message></Messages>"
            b"<RequestId>request-1</RequestId></InvalidChangeBatch>",
            status=400,
        )
    ]
    record = {"Name": "a", "Type": "A"}
    parameters = {
        "HostedZoneId": "Z1",
        "ChangeBatch": {"Changes": [{"Action": "DELETE", "ResourceRecordSet": record}]},
    }
    request = from_boto3(route53.ChangeResourceRecordSetsRequest, parameters)

    with pytest.raises(route53.Route53Error) as caught:
        connect("route53", endpoint_url=responder.url).send(request)
    theirs = connect_boto3("route53", endpoint_url=responder.url)
    with pytest.raises(theirs.exceptions.ClientError) as expected:
        theirs.change_resource_record_sets(**parameters)

    assert caught.value.response["Error"] == expected.value.response["Error"]
    assert caught.value.response_metadata.request_id == "request-1"


def test_tags_and_checks(route53: Any, client: Any) -> None:
    """A path with an enum, and a structure with many kinds of members."""
    config = route53.HealthCheckConfig(
        type=route53.HealthCheckType.HTTPS,
        fully_qualified_domain_name="parcels.example",
        port=443,
        resource_path="/?a=1&b=2",
        request_interval=10,
        failure_threshold=2,
        enable_sni=True,
        inverted=False,
    )
    check = client.create_health_check(
        caller_reference="one", health_check_config=config
    ).health_check
    client.change_tags_for_resource(
        resource_type=route53.TagResourceType.HEALTHCHECK,
        resource_id=check.id,
        add_tags=[route53.Tag(key="team", value="forge")],
    )
    tags = client.list_tags_for_resource(
        resource_type="healthcheck", resource_id=check.id
    ).resource_tag_set
    got = client.get_health_check(health_check_id=check.id).health_check

    assert got.health_check_config.resource_path == "/?a=1&b=2"
    assert got.health_check_config.port == 443
    assert got.health_check_config.enable_sni is True
    assert got.health_check_config.inverted is False
    assert tags.tags == [route53.Tag(key="team", value="forge")]
