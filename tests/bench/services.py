"""What the services cost, each beside a rival that does the same work and a floor that does none.

A round runs its contenders forwards and backwards (A B C C B A), so that a machine that slows down slows all of them. A
ratio is the median of the rounds' ratios, in brackets its 95 % bootstrap interval; a target counts as met only when the
whole interval is on the right side. "noise" is the spread of a contender's two runs of one round against each other.
FastMCP gets an environment of its own, .artifacts/bench.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
import uuid
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import httpx
import psycopg
from pydantic import SecretStr

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [
    str(ROOT),
    *(str(ROOT / "services" / name / "src") for name in ("core", "backend", "mcp-server", "agents")),
]

from tests.support import model_stub as stub
from tests.support.books import KEY, Person, Row, keep_books
from tests.support.services import Served, environment, free_port, serve
from wealth_core.database import Database
from wealth_core.repositories import TransactionFilter, TransactionRepository
from wealth_core.settings import DatabaseSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.support.database import TestDatabase

    Contender = tuple[str, Callable[[], float]]

T = TypeVar("T")

ORIGIN = "http://localhost:8080"
JWT_KEY = "qT5nW8vB2mX6kR9pL3jH7gD4sF1aZ0cY"
CONNECTIONS = 16
ROWS = 500
MODEL_DELAY_S = 0.2
MIB = 1024

# DESIGN, section 5
TARGET_BACKEND = 2.0
TARGET_MCP = 2.0
TARGET_MCP_MIB = 80


@dataclass
class Board:
    """What is printed, and whether all targets are met."""

    rounds: int
    seconds: float
    missed: list[str] = field(default_factory=list)

    def head(self, title: str) -> None:
        print(f"\n{title}", flush=True)

    def compare(self, unit: str, contenders: Sequence[Contender], *, target: float | None = None) -> None:
        """Runs all in turn; the first is ours, the others are what it is compared with; more is better."""
        self.show(unit, self.run(contenders), target=target)

    def run(self, contenders: Sequence[tuple[str, Callable[[], T]]]) -> dict[str, list[tuple[T, T]]]:
        """What each has measured, there and back, in each round."""
        runs: dict[str, list[tuple[T, T]]] = {name: [] for name, _ in contenders}
        for _, measure in contenders:  # warm-up, not counted
            measure()
        for _ in range(self.rounds):
            there = [measure() for _, measure in contenders]
            back = [measure() for _, measure in reversed(contenders)][::-1]
            for (name, _), pair in zip(contenders, zip(there, back, strict=True), strict=True):
                runs[name].append(pair)
        return runs

    def show(
        self,
        unit: str,
        runs: dict[str, list[tuple[float, float]]],
        *,
        target: float | None = None,
        limit: float | None = None,
    ) -> None:
        """The target is what our first ratio has to reach, the limit what it must not exceed."""
        ours, *others = runs
        for name, pairs in runs.items():
            values = [value for pair in pairs for value in pair]
            noise = statistics.median(abs(one - other) / max(one, other) for one, other in pairs)
            print(
                f"  {name:<44} {statistics.median(values):>9.1f} {unit} ({min(values):.1f} to {max(values):.1f}),"
                f" noise {noise:.0%}"
            )
        for name in others:
            ratios = [sum(mine) / sum(theirs) for mine, theirs in zip(runs[ours], runs[name], strict=True)]
            low, high = bootstrap(ratios)
            line = f"  {ours} : {name} = {statistics.median(ratios):.2f} ({low:.2f} to {high:.2f})"
            if target is not None and name == others[0]:
                line += self.judge(f"{ours} : {name}", low >= target, f"at least {target:g}")
            if limit is not None and name == others[0]:
                line += self.judge(f"{ours} : {name}, {unit}", high <= limit, f"at most {limit:g}")
            print(line, flush=True)

    def judge(self, what: str, met: bool, target: str) -> str:  # noqa: FBT001
        if not met:
            self.missed.append(f"{what}: target {target}")
        return f"; target {target}: {'met' if met else 'MISSED'}"


def bootstrap(values: Sequence[float], times: int = 2000) -> tuple[float, float]:
    """The 95 % interval of the median."""
    chance = random.Random(1)  # noqa: S311 - nothing secret
    medians = sorted(statistics.median(chance.choices(values, k=len(values))) for _ in range(times))
    return medians[times // 40], medians[-times // 40]


# ---- what runs ----


@contextmanager
def uvicorn(app: str, log: Path, *options: str, python: str = sys.executable, **settings: object) -> Iterator[Served]:
    """An application of tests.bench.rivals under the same server and settings as ours; it logs its requests, too."""
    port = free_port()
    command = [python, "-m", "uvicorn", f"tests.bench.rivals.{app}:app", "--port", str(port), *options]
    variables = environment(**settings)
    if python != sys.executable:
        variables["PYTHONPATH"] = str(ROOT)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--loop", "uvloop", "--http", "httptools"], env=variables, stdout=out, stderr=out, cwd=ROOT
        )
    try:
        served = Served(f"http://127.0.0.1:{port}", log, process)
        deadline = time.monotonic() + 60
        while True:
            try:
                httpx.get(served.address, timeout=2)
                break
            except httpx.TransportError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
        yield served
    finally:
        process.terminate()
        process.wait(30)


@dataclass(frozen=True)
class Request:
    """What wrk sends, again and again."""

    url: str
    headers: dict[str, str]
    body: str = ""

    def rate(self, folder: Path, seconds: float) -> float:
        """Requests a second; any answer that is none of 2xx ends the benchmark."""
        script = folder / "request.lua"
        lines = [f"wrk.method = '{'POST' if self.body else 'GET'}'", f"wrk.body = {json.dumps(self.body)}"]
        lines += [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in self.headers.items()]
        script.write_text("\n".join(lines))
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--timeout=30s", "-s", str(script), self.url]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert not re.search("Non-2xx|Socket errors", said), f"{self.url}:\n{said}"
        found = re.search(r"Requests/sec:\s+([\d.]+)", said)
        assert found, said
        return float(found[1])


@dataclass(frozen=True)
class Bench:
    board: Board
    stack: ExitStack
    folder: Path
    database: TestDatabase

    @property
    def seconds(self) -> float:
        return self.board.seconds

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def contender(self, name: str, request: Request) -> Contender:
        return name, lambda: request.rate(self.folder, self.seconds)


# ---- backend ----


def backend(bench: Bench, **settings: int) -> Served:
    served = bench.stack.enter_context(
        serve(
            "wealth_backend",
            bench.log("backend"),
            DATABASE_URL=bench.database.backend,
            JWT_KEY=JWT_KEY,
            MCP_TOKEN_KEY=KEY.get_secret_value(),
            PUBLIC_URL=ORIGIN,
            SHUTDOWN_DELAY_S=0,
            # as many as come; the limiter works all the same
            **{f"RATE_LIMIT_{name}_PER_MINUTE": 100_000 for name in ("ADDRESS", "USER", "WRITES")},
            **settings,
        )
    )
    served.wait_ready("/readyz")
    return served


@dataclass(frozen=True)
class SignedIn:
    headers: dict[str, str]
    account: str
    category: str


def sign_up(served: Served) -> SignedIn:
    """A new user with some hundred transactions, as a browser that is signed in."""
    with httpx.Client(base_url=f"{served.address}/api/v1", headers={"Origin": ORIGIN}, timeout=60) as http:
        wanted = {"email": f"{uuid.uuid4().hex}@example.org", "password": "a short sentence will do", "currency": "USD"}
        http.post("/auth/sign-up", json=wanted).raise_for_status()
        account = http.post("/accounts", json={"name": "Main", "kind": "bank", "currency": "USD"}).json()["id"]
        category = http.get("/categories").json()[0]["id"]
        rows = "".join(f"2026-{1 + n % 9:02}-{1 + n % 28:02},Shop {n},{-1 - n % 90}.50\n" for n in range(ROWS))
        files = {"file": ("rows.csv", f"Date,Payee,Amount\n{rows}".encode(), "text/csv")}
        http.post("/imports", data={"account_id": account}, files=files).raise_for_status()
        cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
    return SignedIn({"Cookie": cookies, "Origin": ORIGIN, "Content-Type": "application/json"}, account, category)


def rivals(bench: Bench, answer: bytes) -> tuple[Served, Served]:
    body = bench.folder / "answer.json"
    body.write_bytes(answer)
    url = bench.database.superuser.replace("postgresql:", "postgresql+psycopg:")
    orm = uvicorn("orm_api", bench.log("orm"), DATABASE_URL=url, JWT_KEY=JWT_KEY)
    echo = uvicorn("echo", bench.log("echo"), "--no-access-log", ECHO_BODY=body)
    return bench.stack.enter_context(orm), bench.stack.enter_context(echo)


def read(bench: Bench) -> None:
    served = backend(bench)
    person = sign_up(served)
    path = "/api/v1/transactions?limit=50"
    ours = httpx.get(f"{served.address}{path}", headers=person.headers)
    orm, echo = rivals(bench, ours.content)
    same = httpx.get(f"{orm.address}{path}", headers=person.headers)
    assert same.json() == ours.json(), (same.text, ours.text)
    bench.board.head(f"Read: GET {path}, signed in, {CONNECTIONS} connections")
    bench.board.compare(
        "req/s",
        [
            bench.contender("backend", Request(f"{served.address}{path}", person.headers)),
            bench.contender("FastAPI + Pydantic + ORM", Request(f"{orm.address}{path}", person.headers)),
            bench.contender("bare ASGI echo", Request(f"{echo.address}{path}", person.headers)),
        ],
        target=TARGET_BACKEND,
    )


def write(bench: Bench) -> None:
    served = backend(bench)
    person = sign_up(served)
    row = {"account_id": person.account, "date": "2026-11-20", "payee": "Corner Shop", "amount": "-12.50"}
    body = json.dumps(row | {"category_id": person.category})
    path = "/api/v1/transactions"
    ours = httpx.post(f"{served.address}{path}", headers=person.headers, content=body)
    orm, echo = rivals(bench, ours.content)
    same = httpx.post(f"{orm.address}{path}", headers=person.headers, content=body)
    assert (ours.status_code, same.status_code) == (201, 201), (ours.text, same.text)
    assert same.json() | {"id": ours.json()["id"]} == ours.json(), (same.text, ours.text)
    assert "etag" in ours.headers, ours.headers
    assert "etag" in same.headers, same.headers
    bench.board.head(f"Write: POST {path}, signed in, {CONNECTIONS} connections")
    bench.board.compare(
        "req/s",
        [
            bench.contender("backend", Request(f"{served.address}{path}", person.headers, body)),
            bench.contender("FastAPI + Pydantic + ORM", Request(f"{orm.address}{path}", person.headers, body)),
            bench.contender("bare ASGI echo", Request(f"{echo.address}{path}", person.headers, body)),
        ],
        target=TARGET_BACKEND,
    )


# ---- database ----

_RAW = """
    SELECT t.id, t.date, t.payee, t.note, a.amount, a.currency, a.account_id, c.category_id, t.import_id
    FROM transactions AS t
    JOIN postings AS a ON a.transaction_id = t.id AND a.kind = 'account'
    JOIN postings AS c ON c.transaction_id = t.id AND c.kind = 'category'
    WHERE t.kind = 'standard' AND t.user_id = %s ORDER BY t.date DESC, t.id DESC LIMIT 50
"""


def many_rows() -> list[Row]:
    return [
        Row(f"2026-{1 + n % 9:02}-{1 + n % 28:02}", f"Shop {n}", f"{-1 - n % 90}.50", "Groceries") for n in range(ROWS)
    ]


def query(bench: Bench) -> None:
    person = asyncio.run(keep_books(bench.database.backend, many_rows()))
    url = bench.database.backend

    async def ours() -> float:
        database = Database(DatabaseSettings(database_url=SecretStr(url)))
        done, end = 0, time.perf_counter() + bench.seconds
        while time.perf_counter() < end:
            async with database.transaction(person.id) as session:
                page = await TransactionRepository(session).search(TransactionFilter())
            assert len(page.items) == 50
            done += 1
        await database.close()
        return done / bench.seconds

    async def raw() -> float:
        async with await psycopg.AsyncConnection.connect(url, prepare_threshold=None) as connection:
            done, end = 0, time.perf_counter() + bench.seconds
            while time.perf_counter() < end:
                async with connection.transaction():
                    await connection.execute("SELECT set_config('app.user_id', %s, true)", [str(person.id)])
                    rows = await (await connection.execute(_RAW, [person.id])).fetchall()
                assert len(rows) == 50
                done += 1
        return done / bench.seconds

    bench.board.head("Query: a page of 50 transactions, one after the other")
    bench.board.compare(
        "pages/s", [("repository", lambda: asyncio.run(ours())), ("raw psycopg", lambda: asyncio.run(raw()))]
    )


# ---- MCP server ----


def fastmcp_python() -> str:
    """Of an environment that holds FastMCP, made once for each lock."""
    lock = ROOT / "tests" / "bench" / "requirements.txt"
    folder = ROOT / ".artifacts" / "bench"
    stamp = folder / ".installed"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        print("Installing FastMCP into .artifacts/bench.", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)]
        subprocess.run(pip, check=True)
        shutil.copy(lock, stamp)
    return str(folder / "bin" / "python")


def mcp_server(bench: Bench, **settings: int) -> Served:
    port = free_port()
    key = KEY.get_secret_value()
    served = bench.stack.enter_context(
        serve("wealth_mcp", bench.log("mcp"), port=port, DATABASE_URL=bench.database.mcp, MCP_TOKEN_KEY=key, **settings)
    )
    served.wait_ready("/readyz")
    return served


NEWEST = "2026-07-28"  # what the agents speak
LAST_WITH_HANDSHAKE = "2025-11-25"


def tool_call(address: str, person: Person, version: str = NEWEST) -> Request:
    headers = {
        "Authorization": f"Bearer {person.token}",
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "MCP-Protocol-Version": version,
    }
    params: dict[str, object] = {"name": "list_accounts", "arguments": {}}
    if version == NEWEST:
        headers |= {"Mcp-Method": "tools/call", "Mcp-Name": "list_accounts"}
        about = {"protocolVersion": version, "clientInfo": {"name": "bench", "version": "1"}, "clientCapabilities": {}}
        params["_meta"] = {f"io.modelcontextprotocol/{name}": value for name, value in about.items()}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    return Request(f"{address}/mcp", headers, json.dumps(call))


def mcp(bench: Bench) -> None:
    person = asyncio.run(keep_books(bench.database.backend, many_rows()))
    served = mcp_server(bench)
    settings = {"DATABASE_URL": bench.database.superuser, "MCP_TOKEN_KEY": KEY.get_secret_value()}
    rival = bench.stack.enter_context(
        uvicorn("fastmcp_server", bench.log("fastmcp"), python=fastmcp_python(), **settings)
    )
    for version in (NEWEST, LAST_WITH_HANDSHAKE):
        requests = [tool_call(one.address, person, version) for one in (served, rival)]
        answers = []
        for request in requests:
            answer = httpx.post(request.url, headers=request.headers, content=request.body).json()["result"]
            answers.append((answer["structuredContent"], [json.loads(one["text"]) for one in answer["content"]]))
        assert answers[0] == answers[1], answers
        bench.board.head(f"MCP {version}: tools/call list_accounts, {CONNECTIONS} connections")
        contenders = [bench.contender(name, one) for name, one in zip(("MCP server", "FastMCP"), requests, strict=True)]
        bench.board.compare("calls/s", contenders, target=TARGET_MCP)


# ---- agents ----


def agent(bench: Bench) -> None:
    """A turn of two model rounds with one tool call between: what it takes beyond the model's own time."""
    person = asyncio.run(keep_books(bench.database.backend, many_rows()))
    tools = mcp_server(bench)
    model = bench.stack.enter_context(stub.serve(bench.log("model")))
    served = bench.stack.enter_context(
        serve(
            "wealth_agents",
            bench.log("spending"),
            AGENT_NAME="spending",
            MCP_URL=f"{tools.address}/mcp",
            GEMINI_API_KEY=stub.KEY,
            MODEL_BASE_URL=model.address,
        )
    )
    served.wait_ready("/health")
    message = {"kind": "message", "role": "user", "messageId": "1", "parts": [{"kind": "text", "text": "My accounts?"}]}
    body = {"jsonrpc": "2.0", "id": "1", "method": "message/send", "params": {"message": message}}
    headers = {"Authorization": f"Bearer {person.token}"}
    spent = []
    with httpx.Client(headers=headers, timeout=60) as http:
        for number in range(2 + 4 * bench.board.rounds):
            model.plays(
                "spending",
                stub.calls(("list_accounts", {}), delay_s=MODEL_DELAY_S),
                stub.text("These are your accounts.", delay_s=MODEL_DELAY_S),
            )
            began = time.perf_counter()
            answer = http.post(f"{served.address}/", json=body).json()
            took = time.perf_counter() - began - 2 * MODEL_DELAY_S
            assert answer["result"]["parts"][0]["text"] == "These are your accounts.", answer
            spent += [took * 1000] if number > 1 else []
    bench.board.head(f"Agent: a turn with two model rounds of {MODEL_DELAY_S * 1000:.0f} ms and one tool call")
    print(f"  beyond the model      {statistics.median(spent):>9.1f} ms ({min(spent):.1f} to {max(spent):.1f})")
    print(f"  of the model's time   {statistics.median(spent) / (2 * MODEL_DELAY_S * 1000):>9.0%}", flush=True)


# ---- memory ----

# As the images run Python; they keep our own docstrings besides.
IMAGE = {
    "PYTHONOPTIMIZE": 2,
    "MALLOC_ARENA_MAX": 2,
    "MALLOC_MMAP_THRESHOLD_": 262144,
    "MALLOC_TRIM_THRESHOLD_": 262144,
}


def resident(process: int) -> float:
    """Proportional set size of a process and its children, in MiB."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    assert found, rollup
    return int(found[1]) / MIB + sum(resident(int(child)) for child in children)


def memory(bench: Bench) -> None:
    person = asyncio.run(keep_books(bench.database.backend, many_rows()))
    api = backend(bench, **IMAGE)
    someone = sign_up(api)
    tools = mcp_server(bench, **IMAGE)
    agents = {}
    for name in ("coordinator", "spending", "budget", "investment"):
        agents[name] = bench.stack.enter_context(
            serve("wealth_agents", bench.log(name), AGENT_NAME=name, MCP_URL=f"{tools.address}/mcp", **IMAGE)
        )
        agents[name].wait_ready("/health")
    idle = {name: resident(one.process.pid) for name, one in {"backend": api, "mcp-server": tools, **agents}.items()}
    Request(f"{api.address}/api/v1/transactions", someone.headers).rate(bench.folder, bench.seconds)
    tool_call(tools.address, person).rate(bench.folder, bench.seconds)
    bench.board.head("Memory: proportional set size in MiB, idle and after the load")
    for name, one in {"backend": api, "mcp-server": tools, **agents}.items():
        loaded = resident(one.process.pid)
        line = f"  {name:<22}{idle[name]:>9.1f} {loaded:>9.1f}"
        if name == "mcp-server":
            line += bench.board.judge("mcp-server's memory", loaded <= TARGET_MCP_MIB, f"at most {TARGET_MCP_MIB} MiB")
        print(line, flush=True)


PARTS = (read, write, query, mcp, agent, memory)
