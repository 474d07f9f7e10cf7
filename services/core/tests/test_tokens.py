import uuid
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from pydantic import SecretStr

from wealth_core.tokens import TokenError, mint_tool_token, read_tool_token

KEY = SecretStr("Zk3vQ9xR7pLw2Tn8Yb5Hc1Jd6Gf4Ms0A")
USER = uuid.uuid4()
NOW = datetime.now(UTC)


def changed(key: str = KEY.get_secret_value(), algorithm: str = "HS256", **changes) -> str:
    claims = jwt.decode(mint_tool_token(USER, KEY), options={"verify_signature": False}) | changes
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, algorithm)


def test_a_token_speaks_for_its_user_for_five_minutes():
    token = mint_tool_token(USER, KEY)
    assert read_tool_token(token, KEY) == USER
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == 300
    assert mint_tool_token(USER, KEY) != token


@pytest.mark.parametrize(
    "token",
    [
        "",
        "not.a.token",
        changed(algorithm="none", key=""),
        changed(key="another-key-of-sufficient-length!!"),
        changed(key=2 * KEY.get_secret_value(), algorithm="HS512"),
        changed(aud="wealth-session"),
        changed(iss="mallory"),
        changed(iat=NOW - timedelta(hours=1), exp=NOW - timedelta(minutes=55)),
        changed(exp=NOW + timedelta(hours=1)),
        changed(nbf=NOW + timedelta(hours=1)),
        changed(sub="admin"),
        *(changed(**{claim: None}) for claim in ("iss", "aud", "sub", "iat", "exp", "jti")),
    ],
)
def test_what_proves_nothing_is_refused(token):
    with pytest.raises(TokenError):
        read_tool_token(token, KEY)


def test_one_of_several_keys_will_do():
    old = SecretStr("Mq8Wc2Xr5Vt9Nz4Ks7Jp1Hd6Gb3Fy0Le")
    assert read_tool_token(mint_tool_token(USER, old), KEY, old) == USER
    assert read_tool_token(mint_tool_token(USER, KEY), KEY, old) == USER
    with pytest.raises(TokenError):
        read_tool_token(mint_tool_token(USER, old), KEY)


def test_a_token_that_was_taken_is_refused_when_it_has_run_out(monkeypatch):
    token = mint_tool_token(USER, KEY)
    ends = jwt.decode(token, options={"verify_signature": False})["exp"]
    for seconds, refused in ((4, False), (5, True), (0, False)):
        monkeypatch.setattr("time.time", lambda seconds=seconds: float(ends + seconds))
        with pytest.raises(TokenError) if refused else nullcontext():
            assert read_tool_token(token, KEY) == USER
