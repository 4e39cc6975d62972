package io.entitydb.security;

import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageException;

import lombok.extern.slf4j.Slf4j;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes sure that the system user is there, and on a store without users, the administrator. The
 * store is opened in the background, so this is tried until it is open.
 */
@Slf4j
@Component
public class FirstStart {

    private static final long PAUSE_MILLIS = 200;

    private final Accounts accounts;
    private final Passwords passwords;
    private final TransactionTemplate transactions;
    private final @Nullable String adminPassword;
    private final boolean isEnabled;

    private final CountDownLatch ending = new CountDownLatch(1);

    private volatile boolean isDone;

    FirstStart(
            Accounts accounts,
            Passwords passwords,
            PlatformTransactionManager manager,
            SecurityProperties properties) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.transactions = new TransactionTemplate(manager);
        this.adminPassword = properties.adminPassword();
        this.isEnabled = properties.enabled();
    }

    /** Waits for the store on a thread of its own. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (isEnabled && !isDone) {
            Thread.ofVirtual().name("entitydb-first-start").start(this::await);
        }
    }

    /** Waits no longer. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        ending.countDown();
    }

    private void await() {
        try {
            while (!isDone) {
                try {
                    ensure();
                } catch (StorageException | VersionConflictException e) {
                    log.debug("users are looked at again later: {}", e.getMessage());
                    if (ending.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (AuthenticationServiceException e) {
            log.error("the system user cannot be relied on: {}", e.getMessage());
        }
    }

    /**
     * Makes the users of the first start, if this is the first.
     *
     * @throws StorageException if the store takes no writes and they are missing
     * @throws AuthenticationServiceException if the system user is another one
     */
    public synchronized void ensure() {
        if (isDone) {
            return;
        }
        Account system = accounts.find(Accounts.SYSTEM).orElse(null);
        if (system == null) {
            make();
        } else if (!system.uuid().equals(Accounts.SYSTEM_UUID)) {
            throw new AuthenticationServiceException(
                    "user "
                            + Accounts.SYSTEM
                            + " is "
                            + system.uuid()
                            + ", not "
                            + Accounts.SYSTEM_UUID
                            + ": these are not the users of this service");
        }
        isDone = true;
    }

    private void make() {
        String password = adminPassword == null ? Secrets.text().substring(0, 20) : adminPassword;
        String hash = passwords.hash(password);
        transactions.executeWithoutResult(
                status -> {
                    accounts.create(Accounts.SYSTEM, Accounts.SYSTEM_UUID, null, null, Set.of());
                    accounts.create(
                            Accounts.ADMIN, UUID.randomUUID(), null, hash, Set.of(Roles.ADMIN));
                });
        if (adminPassword == null) {
            log.warn(
                    "\n\n    The store has no users yet. User \"{}\" was made, with the password\n\n"
                            + "        {}\n\n    It is shown this once. Change it with PUT"
                            + " /api/v1/users/{}/password.\n",
                    Accounts.ADMIN,
                    password,
                    Accounts.ADMIN);
        } else {
            log.info("user \"{}\" was made, with the password of the settings", Accounts.ADMIN);
        }
    }
}
