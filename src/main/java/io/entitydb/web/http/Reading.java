package io.entitydb.web.http;

import io.entitydb.entity.EntityRepository;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.function.Supplier;

/** Reads on one snapshot, and tells the client which. */
@Component
public final class Reading {

    private final TransactionTemplate transactions;
    private final EntityRepository repository;
    private final TransactionHeader header;

    /** Reads from the repository within transactions of the manager. */
    public Reading(
            PlatformTransactionManager manager,
            EntityRepository repository,
            TransactionHeader header) {
        this.transactions = new TransactionTemplate(manager);
        this.transactions.setReadOnly(true);
        this.repository = repository;
        this.header = header;
    }

    /** What a piece of reading gives, all of it seen at one moment. */
    public <T> T read(Supplier<T> work) {
        return transactions.execute(
                status -> {
                    header.tell(repository.snapshot());
                    return work.get();
                });
    }
}
