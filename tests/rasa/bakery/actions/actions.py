from rasa_sdk import Action


class ActionOrder(Action):
    def name(self):
        return "action_order"
