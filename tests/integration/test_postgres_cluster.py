from sqlalchemy import create_engine, text


def test_the_temporary_postgres_is_real_and_durable(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        settings = ("fsync", "synchronous_commit", "full_page_writes", "server_encoding")
        shown = [connection.scalar(text(f"SHOW {name}")) for name in settings]
    engine.dispose()
    assert shown == ["on", "on", "on", "UTF8"]
