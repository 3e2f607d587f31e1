using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Reminders;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Keeps the waiting reminders of a review equal to its plan.</summary>
public sealed class ReminderTable
{
    /// <summary>Keeps the statements for the writing round trip.</summary>
    public void Keep(UnitOfWork unit, LoadedReview review) =>
        ReminderRows.Reconcile(unit, review.Programme, review.Id, review.Now, []);
}
