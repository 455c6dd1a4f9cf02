"""Airflow on 127.0.0.1 (API server, scheduler with LocalExecutor, DAG processor), for machines without a deployment."""
