"""The services that speak forms and XML, with what is special in their models."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Trio

Trios = Callable[[str], Trio]

MOMENT = datetime(2024, 2, 29, 10, 30, 15, tzinfo=UTC)

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def test_types_as_attributes(trios: Trios) -> None:
    """S3's grantees, both ways."""
    grantee = {
        "Type": "Group",
        "URI": "http://acs.amazonaws.com/groups/global/AllUsers",
    }
    put = trios("s3").call(
        "PutBucketAcl",
        {
            "Bucket": "parcels",
            "AccessControlPolicy": {
                "Grants": [
                    {"Grantee": grantee, "Permission": "READ"},
                    {"Grantee": {"Type": "CanonicalUser", "ID": "1"}},
                ],
                "Owner": {"ID": "&"},
            },
        },
    )
    got = trios("s3").call(
        "GetBucketAcl",
        {"Bucket": "parcels"},
        Answer(
            f"<AccessControlPolicy><Owner><ID>1</ID></Owner><AccessControlList><Grant>"
            f'<Grantee {XSI} xsi:type="Group"><URI>u</URI></Grantee>'
            f"<Permission>NEW</Permission></Grant></AccessControlList>"
            f"</AccessControlPolicy>".encode()
        ),
    )

    assert f'<Grantee {XSI} xsi:type="Group">'.encode() in put.request.body
    assert got.reply.grants[0].grantee.type == "Group"
    assert not got.reply.grants[0].permission.is_known


def test_flat_lists(trios: Trios) -> None:
    """Lists of objects to delete, and of what became of them, travel."""
    call = trios("s3").call(
        "DeleteObjects",
        {
            "Bucket": "parcels",
            "Delete": {
                "Objects": [
                    {"Key": "a\r\n<b>", "LastModifiedTime": MOMENT, "Size": 1},
                    {"Key": "é", "VersionId": ""},
                ],
                "Quiet": False,
            },
        },
        Answer(
            b"<DeleteResult><Deleted><Key>a</Key><DeleteMarker>true</DeleteMarker>"
            b"</Deleted><Error><Key>b</Key><Code>AccessDenied</Code></Error>"
            b"<Deleted><Key>c</Key></Deleted></DeleteResult>"
        ),
    )

    assert b"a&#xD;&#xA;&lt;b&gt;" in call.request.body
    assert [one.key for one in call.reply.deleted] == ["a", "c"]
    assert call.reply.errors[0].code == "AccessDenied"


def test_rules_of_a_life(trios: Trios) -> None:
    """A deep request with dates, and one that is a whole reply."""
    rule: dict[str, Any] = {
        "ID": "r",
        "Status": "Enabled",
        "Filter": {
            "And": {
                "Prefix": "p/",
                "Tags": [{"Key": "k", "Value": "v"}, {"Key": "l", "Value": ""}],
                "ObjectSizeGreaterThan": 0,
            }
        },
        "Expiration": {"Date": MOMENT},
        "Transitions": [{"Days": 1, "StorageClass": "GLACIER"}],
    }
    put = trios("s3").call(
        "PutBucketLifecycleConfiguration",
        {"Bucket": "parcels", "LifecycleConfiguration": {"Rules": [rule, rule]}},
    )
    got = trios("s3").call(
        "GetBucketLifecycleConfiguration",
        {"Bucket": "parcels"},
        Answer(put.request.body),
    )

    assert put.request.body.count(b"<Rule>") == 2
    assert got.theirs.content["Rules"][0]["Filter"]["And"]["Tags"][1] == {
        "Key": ("str", "l"),
        "Value": ("str", ""),
    }


def test_tags_and_parts(trios: Trios) -> None:
    """Lists with names, under a name."""
    tagging = trios("s3").call(
        "PutBucketTagging",
        {"Bucket": "parcels", "Tagging": {"TagSet": [{"Key": "k", "Value": ""}]}},
    )
    parts = trios("s3").call(
        "CompleteMultipartUpload",
        {
            "Bucket": "parcels",
            "Key": "k",
            "UploadId": "u",
            "MultipartUpload": {"Parts": [{"ETag": '"e"', "PartNumber": 1}]},
        },
        Answer(b"<R><Location>l</Location><ETag>&quot;e&quot;</ETag></R>"),
    )
    empty = trios("s3").call(
        "CompleteMultipartUpload", {"Bucket": "parcels", "Key": "k", "UploadId": "u"}
    )

    assert b"<TagSet><Tag><Key>k</Key><Value /></Tag></TagSet>" in tagging.request.body
    assert parts.reply.e_tag == '"e"'
    assert empty.request.body == b""


def test_cloudfront(trios: Trios) -> None:
    """A body and a reply that are one member each, with headers beside it."""
    call = trios("cloudfront").call(
        "CreateInvalidation",
        {
            "DistributionId": "D",
            "InvalidationBatch": {
                "Paths": {"Quantity": 2, "Items": ["/a", "/b*"]},
                "CallerReference": "c",
            },
        },
        Answer(
            b'<Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">'
            b"<Id>I</Id><Status>InProgress</Status>"
            b"<CreateTime>2024-02-29T10:30:15.1Z</CreateTime><InvalidationBatch>"
            b"<Paths><Quantity>1</Quantity><Items><Path>/a</Path></Items></Paths>"
            b"</InvalidationBatch></Invalidation>",
            201,
            {"Location": "https://x"},
        ),
    )

    assert b"<Items><Path>/a</Path><Path>/b*</Path></Items>" in call.request.body
    assert call.reply.location == "https://x"
    assert call.reply.invalidation.invalidation_batch.paths.items == ["/a"]


def test_route_53(trios: Trios) -> None:
    """Namespaces, and lists whose items have names."""
    record = {
        "Name": "a.example.",
        "Type": "TXT",
        "TTL": 0,
        "MultiValueAnswer": False,
        "ResourceRecords": [{"Value": '"é"'}],
    }
    put = trios("route53").call(
        "ChangeResourceRecordSets",
        {
            "HostedZoneId": "Z",
            "ChangeBatch": {
                "Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]
            },
        },
        Answer(
            b"<R><ChangeInfo><Id>/change/C</Id><Status>PENDING</Status>"
            b"<SubmittedAt>2024-02-29T10:30:15Z</SubmittedAt></ChangeInfo></R>"
        ),
    )
    got = trios("route53").call(
        "ListResourceRecordSets",
        {"HostedZoneId": "Z", "MaxItems": "1"},
        Answer(
            b"<R><ResourceRecordSets><ResourceRecordSet><Name>a</Name><Type>A</Type>"
            b"<TTL>5</TTL></ResourceRecordSet></ResourceRecordSets>"
            b"<IsTruncated>false</IsTruncated><MaxItems>1</MaxItems></R>"
        ),
    )

    assert put.reply.change_info.submitted_at == MOMENT
    assert got.reply.resource_record_sets[0].ttl == 5
    assert got.reply.is_truncated is False


def test_flat_forms(trios: Trios) -> None:
    """SimpleDB's lists have the names of their items, and it signs its own way."""
    put = trios("sdb").call(
        "PutAttributes",
        {
            "DomainName": "d",
            "ItemName": "i",
            "Attributes": [
                {"Name": "a", "Value": "1", "Replace": True},
                {"Name": "b", "Value": "é"},
            ],
        },
        Answer(b"<R><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></R>"),
    )
    got = trios("sdb").call(
        "GetAttributes",
        {"DomainName": "d", "ItemName": "i", "AttributeNames": ["a", "b"]},
        Answer(
            b"<R><GetAttributesResult><Attribute><Name>a</Name><Value>1</Value>"
            b"</Attribute><Attribute><Name>b</Name><Value/></Attribute>"
            b"</GetAttributesResult></R>"
        ),
    )

    assert put.request.form["Attribute.2.Value"] == "é"
    assert got.request.form["AttributeName.2"] == "b"
    assert [one.value for one in got.reply.attributes] == ["1", ""]


def test_maps_in_forms(trios: Trios) -> None:
    """SNS names keys and values, and has bytes in them."""
    call = trios("sns").call(
        "Publish",
        {
            "TopicArn": "arn:aws:sns:us-east-1:123456789012:t",
            "Message": "a\nb",
            "MessageAttributes": {
                "k": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
                "l": {"DataType": "String", "StringValue": ""},
            },
        },
        Answer(b"<R><PublishResult><MessageId>m</MessageId></PublishResult></R>"),
    )
    got = trios("sns").call(
        "GetTopicAttributes",
        {"TopicArn": "arn:aws:sns:us-east-1:123456789012:t"},
        Answer(
            b"<R><GetTopicAttributesResult><Attributes><entry><key>Owner</key>"
            b"<value>1</value></entry><entry><key>Policy</key><value/></entry>"
            b"</Attributes></GetTopicAttributesResult></R>"
        ),
    )

    form = call.request.form
    assert form["MessageAttributes.entry.1.Value.BinaryValue"] == "AP8="
    assert form["MessageAttributes.entry.2.Name"] == "l"
    assert got.reply.attributes == {"Owner": "1", "Policy": ""}


def test_forms_of_ec2(trios: Trios) -> None:
    """Names of their own for requests, and lists without names."""
    call = trios("ec2").call(
        "DescribeInstances",
        {
            "InstanceIds": ["i-1", "i-2"],
            "Filters": [{"Name": "n", "Values": ["a", "b"]}],
            "DryRun": False,
            "MaxResults": 5,
        },
        Answer(
            b"<R><requestId>r</requestId><reservationSet><item><instancesSet><item>"
            b"<instanceId>i-1</instanceId><launchTime>2024-02-29T10:30:15.000Z</launchTime>"
            b"<ebsOptimized>true</ebsOptimized><tagSet><item><key>k</key><value/></item>"
            b"</tagSet></item></instancesSet></item></reservationSet></R>"
        ),
    )

    assert call.request.form["InstanceId.2"] == "i-2"
    assert call.request.form["Filter.1.Value.2"] == "b"
    instance = call.reply.reservations[0].instances[0]
    assert (instance.launch_time, instance.ebs_optimized) == (MOMENT, True)
    assert instance.tags[0].value == ""


def test_wrapped_results(trios: Trios) -> None:
    """RDS has a result around its reply, and names for the items of lists."""
    call = trios("rds").call(
        "DescribeDBInstances",
        {"DBInstanceIdentifier": "d", "Filters": [{"Name": "n", "Values": ["v"]}]},
        Answer(
            b"<R><DescribeDBInstancesResult><DBInstances><DBInstance>"
            b"<DBInstanceIdentifier>d</DBInstanceIdentifier>"
            b"<Endpoint><Port>5432</Port></Endpoint><VpcSecurityGroups>"
            b"<VpcSecurityGroupMembership><Status>active</Status>"
            b"</VpcSecurityGroupMembership></VpcSecurityGroups>"
            b"</DBInstance></DBInstances></DescribeDBInstancesResult></R>"
        ),
    )

    assert call.request.form["Filters.Filter.1.Values.Value.1"] == "v"
    database = call.reply.db_instances[0]
    assert database.endpoint.port == 5432
    assert database.vpc_security_groups[0].status == "active"


def test_unions_in_forms(trios: Trios) -> None:
    """IAM has one, in a request."""
    call = trios("iam").call(
        "SimulatePrincipalPolicy",
        {
            "PolicySourceArn": "arn:aws:iam::123456789012:user/u",
            "ActionNames": ["s3:GetObject"],
            "PolicyExclusionList": [{"PolicyArn": "arn:aws:iam::1:policy/one-policy"}],
        },
        Answer(b"<R><SimulatePrincipalPolicyResult/></R>"),
    )

    form = call.request.form
    assert form["PolicyExclusionList.member.1.PolicyArn"].endswith("one-policy")
