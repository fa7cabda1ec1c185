from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "samkraft.operations"
    label = "operations"

    def ready(self) -> None:
        """Say who does what is asked for beside the pages."""
        from samkraft.operations import errands
        from samkraft.partners.actions import runners

        runners.register(errands.KINDS)
