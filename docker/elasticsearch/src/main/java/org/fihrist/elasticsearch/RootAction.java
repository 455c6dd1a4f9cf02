package org.fihrist.elasticsearch;

import org.elasticsearch.action.ActionListener;
import org.elasticsearch.action.ActionRequest;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.ActionType;
import org.elasticsearch.action.support.ActionFilters;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.util.concurrent.EsExecutors;
import org.elasticsearch.injection.guice.Inject;
import org.elasticsearch.tasks.Task;
import org.elasticsearch.transport.TransportService;

/**
 * The permission to see the root page. It does nothing but pass, under the stock action's name, through the filters that
 * authorize actions: so a role needs the cluster privilege {@code monitor}, here as on a full installation.
 */
public final class RootAction extends TransportAction<RootAction.Request, ActionResponse.Empty> {

    static final ActionType<ActionResponse.Empty> TYPE = new ActionType<>("cluster:monitor/main");

    /** Asks for nothing in particular. */
    public static final class Request extends ActionRequest {
        @Override
        public ActionRequestValidationException validate() {
            return null;
        }
    }

    @Inject
    public RootAction(ActionFilters filters, TransportService transport) {
        super(TYPE.name(), filters, transport.getTaskManager(), EsExecutors.DIRECT_EXECUTOR_SERVICE);
    }

    @Override
    protected void doExecute(Task task, Request request, ActionListener<ActionResponse.Empty> listener) {
        listener.onResponse(ActionResponse.Empty.INSTANCE);
    }
}
