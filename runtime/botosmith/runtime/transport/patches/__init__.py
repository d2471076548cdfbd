"""Changes to botocore's behaviour, each through names that botocore keeps private.

This table has each private name of botocore that the runtime uses, here or elsewhere:
why it is used, and the test that fails when a later botocore changes it. Tests are
named from `tests/`.

| name | why | guarded by |
|---|---|---|
| `_PY_TO_OP_NAME` | methods of a client over a slim model | unit/runtime/transport/test_hook.py |
| `_add_checksum_response_metadata` | checksums told as botocore tells them | contract/behaviours/bodies/test_checksum.py |
| `_create_event_stream` | our reader of events instead of botocore's | contract/behaviours/events/test_event.py |
| `_credentials` | a clear error where credentials are missing | contract/behaviours/requests/test_presign.py |
| `_do_get_response` | a reply that was cut is sent for again | contract/behaviours/replies/test_cut.py |
| `_endpoint` | as `_do_get_response` | contract/behaviours/replies/test_cut.py |
| `_event_stream_parser` | events are read by our parser | contract/behaviours/events/test_event.py |
| `_exceptions` | our error classes as `client.exceptions` | unit/runtime/objects/test_exceptions.py |
| `_get_client_context_params` | parameters of endpoint rules, found once | contract/behaviours/calls/test_endpoint.py |
| `_initial_body_parse` | errors among events | contract/behaviours/events/test_event.py |
| `_make_api_call` | the call that instrumentations patch | install/outside/test_tracing.py |
| `_method_to_api_mapping` | as `_PY_TO_OP_NAME` | unit/runtime/transport/test_hook.py |
| `_parse_shape` | replies that differ from the model are read on | contract/behaviours/replies/test_lenient.py |
| `_region_name` | the region of a cached signing key | unit/runtime/transport/test_signingkey.py |
| `_request_signer` | signing keys derived once a day | unit/runtime/transport/test_signingkey.py |
| `_resolve_param_from_context` | as `_get_client_context_params` | contract/behaviours/calls/test_endpoint.py |
| `_ruleset_resolver` | as `_get_client_context_params` | contract/behaviours/calls/test_endpoint.py |
| `_service_description` | names of operations of a slim model | unit/runtime/transport/test_hook.py |
| `_service_name` | the service of a cached signing key | unit/runtime/transport/test_signingkey.py |
| `_timestamp_iso8601` | years before 1000 in four digits | contract/behaviours/replies/test_instant.py |
| `_timestamp_parser` | instants read without dateutil | contract/behaviours/replies/test_instant.py |
| `_timestamp_precision` | a session's own precision of timestamps | unit/runtime/transport/test_session.py |
| `_user_agent_creator` | the user agent, made once | unit/runtime/transport/test_useragent.py |
"""
