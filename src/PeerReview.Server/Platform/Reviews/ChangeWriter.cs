using PeerReview.Core;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>Carries a change out: folds it, moves the process, and keeps every row that goes with it for the one round
/// trip that writes and commits.</summary>
public sealed class ChangeWriter(ProcessStep step, ReadTables tables, ReviewLetters letters, Salts salts)
{
    /// <summary>Writes what was decided, remembers the key, and commits; a refusal leaves nothing behind.</summary>
    public async Task<Verdict<Receipt>> CommitAsync(
        UnitOfWork unit, ReviewWork work, Verdict<ReviewChange> decided, CommandKey? key, CancellationToken cancel)
    {
        if (decided is not Verdict<ReviewChange>.Accepted { Value: var change })
            return ((Verdict<ReviewChange>.Refused)decided).Reason;
        var written = await WriteAsync(unit, work, change, cancel);
        if (written is not Verdict<Receipt>.Accepted { Value: var receipt })
            return written;
        if (key is not null)
            IdempotencyAnswers.Remember(unit, work.Person, key, receipt);
        await unit.CommitAsync(cancel);
        return receipt;
    }

    private async Task<Verdict<Receipt>> WriteAsync(
        UnitOfWork unit, ReviewWork work, ReviewChange change, CancellationToken cancel)
    {
        var before = work.Review;
        var log = new EventLog(before.Id, before.Sequence, before.Head, before.Now, salts);
        var folded = Fold(unit, work, change, log);
        var moved = await MoveAsync(work, change, folded, log, cancel);
        if (moved is not Verdict<LoadedReview>.Accepted { Value: var after })
            return ((Verdict<LoadedReview>.Refused)moved).Reason;

        after = after with { Sequence = log.Sequence, Head = log.Head };
        KeepRows(unit, before, after, log);
        foreach (var extra in change.Writes)
            unit.Write(extra.Sql, extra.Args, extra.Rows);
        letters.Keep(unit, before, after, change, work.Person);
        // Whoever speaks for a participating State reads no record: the number would count what others write.
        var sequence = after.ParticipantOf(work.Person) is null ? after.Sequence : 0;
        return new Receipt(
            after.Id.Value, sequence, after.Now, change.Key, change.Texts is [var text] ? text.Version : null);
    }

    /// <summary>Domain events and texts into dossier, ledger and rows.</summary>
    private LoadedReview Fold(UnitOfWork unit, ReviewWork work, ReviewChange change, EventLog log)
    {
        var review = work.Review;
        var dossier = review.Dossier;
        foreach (var @event in change.Events)
        {
            log.Add(ReviewJson.KindOf(@event), ReviewJson.Write(@event));
            dossier = dossier.Evolve(@event, review.Now);
            RoleGrants.Keep(unit, review, @event);
            SeatRows.Keep(unit, review, @event);
        }

        foreach (var text in change.Texts)
        {
            var written = TextRows.Keep(unit, review, text, work.Person, salts);
            log.Add(ReviewJson.KindOf(written), ReviewJson.Write(written));
            dossier = dossier.Evolve(written, review.Now);
        }

        return review with
        {
            Dossier = dossier,
            Reviewers = [.. review.Reviewers.Where(state => dossier.Team.Find(state.Iso3) is not null), .. change.Seated],
        };
    }

    private async Task<Verdict<LoadedReview>> MoveAsync(
        ReviewWork work, ReviewChange change, LoadedReview folded, EventLog log, CancellationToken cancel)
    {
        foreach (var command in change.Commands)
        {
            var taken = await step.TakeAsync(folded, ReadAsync, () => work.HistoryAsync(cancel), command, log, cancel);
            if (taken is not Verdict<LoadedReview>.Accepted { Value: var moved })
                return taken;
            folded = moved;
        }

        return folded;

        async Task<Material> ReadAsync() => change.Texts.Aggregate(
            await work.MaterialAsync(cancel), (all, text) => all.With(text.ToWriting(work.Person, work.Now)));
    }

    private void KeepRows(UnitOfWork unit, LoadedReview before, LoadedReview after, EventLog log)
    {
        log.Keep(unit, after.Programme);
        var moved = !ReferenceEquals(before.State, after.State) || !ReferenceEquals(before.Dossier, after.Dossier);
        if (before.Sequence == 0)
            ReviewRow.Insert(unit, after);
        else if (moved)
            ReviewRow.Update(unit, after);
        else
            ReviewRow.Append(unit, after);
        if (moved)
            tables.Keep(unit, before, after);
    }
}
