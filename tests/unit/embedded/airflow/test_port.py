import os
import socket

from pipeline.embedded.airflow.port import free_port, has_port


def test_the_preferred_port_is_taken_if_it_is_free_and_another_if_not() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        assert free_port(taken) != taken
        assert has_port(os.getpid(), taken)
        assert not has_port(os.getppid(), free_port(0))
    assert free_port(taken) == taken
    assert not has_port(os.getpid(), taken)
