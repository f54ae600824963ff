package io.clientele.oauth;

import io.clientele.db.Transaction;

/** What happens to a user who accepts an invitation, beside being able to sign in from then on. */
public interface Joining {
  /** Does nothing more. */
  Joining NOTHING =
      new Joining() {
        @Override
        public void join(Transaction tx, long orgId, long userId) {}

        @Override
        public void joined(long orgId) {}
      };

  /** In the transaction that uses up the invitation. */
  void join(Transaction tx, long orgId, long userId);

  /** After it was committed. */
  void joined(long orgId);
}
