import pytest

from wealth_core.settings import DatabaseSettings, Key, SettingsError, TelemetrySettings, load, sqlalchemy_url


class Settings(DatabaseSettings, TelemetrySettings):
    jwt_key: Key


GOOD = {
    "DATABASE_URL": "postgres://wealth_backend:secret-word@database:5432/wealth?sslmode=require",
    "JWT_KEY": "Zk3vQ9xR7pLw2Tn8Yb5Hc1Jd6Gf4Ms0A",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_what_is_not_said_has_a_default():
    settings = load(Settings)
    assert (settings.database_pool_size, settings.log_level) == (5, "INFO")
    url = sqlalchemy_url(settings.database_url)
    assert (url.drivername, url.host, url.query) == ("postgresql+psycopg", "database", {"sslmode": "require"})
    assert "secret-word" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "", "expected postgresql://"),
        ("DATABASE_URL", "mysql://u:secret-word@h/d", "expected postgresql://"),
        ("DATABASE_URL", "postgresql://u:secret-word@h", "expected postgresql://"),
        ("JWT_KEY", "secret-word", "openssl rand"),
        ("JWT_KEY", "a" * 64, "can be guessed"),
        ("JWT_KEY", "please-change-me-please-change-me-0123456789", "can be guessed"),
        ("DATABASE_POOL_SIZE", "0", "greater than or equal to 1"),
        ("LOG_LEVEL", "LOUD", "DEBUG"),
    ],
)
def test_what_can_not_be_served_with_is_named_without_its_value(environment, name, value, words):
    environment.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load(Settings)
    assert name in str(refused.value)
    assert words in str(refused.value)
    assert "secret-word" not in str(refused.value)


def test_all_that_is_missing_is_named_at_once(environment):
    environment.delenv("DATABASE_URL")
    environment.delenv("JWT_KEY")
    with pytest.raises(SettingsError, match=r"DATABASE_URL.*JWT_KEY"):
        load(Settings)
