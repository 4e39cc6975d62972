package io.entitydb.transaction;

import io.entitydb.entity.CompactionReport;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.PrincipalSource;
import io.entitydb.entity.Retention;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.StoreCheck;
import io.entitydb.entity.StoreCondition;
import io.entitydb.entity.StoreMaintenance;
import io.entitydb.entity.WorkProgress;
import io.entitydb.storage.EngineStatus;
import io.entitydb.storage.ErasedEntity;
import io.entitydb.storage.StorageEngine;
import io.entitydb.storage.StoreState;

import lombok.RequiredArgsConstructor;

/** Maintenance by the engine. */
@RequiredArgsConstructor
final class EngineMaintenance implements StoreMaintenance {

    private final StorageEngine engine;
    private final PrincipalSource principals;

    @Override
    public Erased erase(EntityKey key) {
        ErasedEntity erased = engine.erase(key, principals.current());
        return new Erased(erased.version(), erased.versions());
    }

    @Override
    public RetentionPlan plan(Retention retention, WorkProgress progress) {
        return engine.plan(retention, progress::at);
    }

    @Override
    public CompactionReport compact(RetentionPlan plan, WorkProgress progress) {
        return engine.compact(plan, progress::at);
    }

    @Override
    public StoreCheck check(WorkProgress progress) {
        return engine.check(progress::at);
    }

    @Override
    public StoreCondition condition() {
        EngineStatus status = engine.status();
        StoreState state = status.state();
        return new StoreCondition(
                state.label(),
                state instanceof StoreState.ReadOnly readOnly ? readOnly.reason().label() : null,
                EngineStatus.FORMAT_VERSION,
                status.writer().entityCount());
    }

    @Override
    public void checkpoint() {
        engine.checkpoint();
    }
}
