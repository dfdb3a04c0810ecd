"""What do supervisor and proxy hear?"""


def test_health_live_depends_on_nothing(client):
    response = client.get("/health/live", headers={"host": "localhost"})
    assert (response.status_code, response.content) == (200, b"alive\n")


def test_health_ready_when_everything_is_in_place(client, db):
    response = client.get("/health/ready", headers={"host": "localhost"})
    assert (response.status_code, response.json()) == (200, {"ready": True, "database": True, "broker": True})


def test_health_ready_says_503_when_the_broker_is_away(client, db, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "unix:///nowhere.sock?db=0"}}
    response = client.get("/health/ready", headers={"host": "localhost"})
    assert (response.status_code, response.json()["broker"]) == (503, False)
