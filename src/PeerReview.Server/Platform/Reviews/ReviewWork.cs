using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.People;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>A review under its lock, in the hands of a use case that decides.</summary>
public sealed class ReviewWork(UnitOfWork unit, LoadedReview review, Actor actor, Writing? current)
{
    private Material? _material;

    /// <summary>The review as it stands under the lock.</summary>
    public LoadedReview Review { get; } = review;

    /// <summary>Who asks. Signed in: a visitor gives no commands.</summary>
    public Actor Actor { get; } = actor;

    public PersonId Person => Actor.Person!.Value;

    /// <summary>Business time under the lock, UTC.</summary>
    public DateTimeOffset Now => Review.Now;

    /// <summary>The newest version of the text the command names, or null when there is none.</summary>
    public Writing? Current { get; } = current;

    /// <summary>Whether that text was withdrawn: its versions stay, it does not stand.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>As whom the person acts in the process.</summary>
    public Acting Acting => new(Person, Review.RolesOf(Person), Review.BranchOf(Person));

    /// <summary>Everything written and filed; one round trip, once. Before a review is launched there is nothing.</summary>
    public async Task<Material> MaterialAsync(CancellationToken cancel) => _material ??= Review.Sequence == 0
        ? Material.Empty
        : await unit.ReadAsync(MaterialSql.Statements, new { Review = Review.Id.Value }, MaterialSql.ReadAsync, cancel);

    /// <summary>Every process event stored so far, in order.</summary>
    public async Task<IReadOnlyList<ProcessEvent>> HistoryAsync(CancellationToken cancel)
    {
        var rows = await unit.QueryAsync<EventRow>(Sql.History, new { Review = Review.Id.Value }, cancel);
        return [.. rows.Where(row => ProcessJson.Knows(row.Kind)).Select(row => ProcessJson.Read(row.Kind, row.Body))];
    }

    /// <summary>Reads something of the feature's own, under the lock.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object args, CancellationToken cancel) =>
        unit.QueryAsync<T>(sql, args, cancel);

    /// <summary>The same with several results.</summary>
    public Task<T> ReadAsync<T>(string sql, object args, Func<Dapper.SqlMapper.GridReader, Task<T>> read, CancellationToken cancel) =>
        unit.ReadAsync(sql, args, read, cancel);

    /// <summary>The account of somebody who is about to get a role in this review, opened when there is none.</summary>
    /// <param name="person">Tidy and checked.</param>
    /// <param name="state">The State they work for, whose time a new account goes by; null for the State under review.</param>
    public Task<Verdict<Account>> OpenAccountAsync(NamedPerson person, string? state, CancellationToken cancel) =>
        AccountOpening.OpenAsync(
            unit, person, Review.Dossier.WorkingLanguage,
            (Review.Reviewers.Concat(Review.Participants).FirstOrDefault(other => other.Iso3 == state) ?? Review.Subject).TimeZone, cancel);

    /// <summary>The same for somebody whose language is known.</summary>
    /// <param name="language">Of letters to a new account, ISO 639-1.</param>
    public Task<Verdict<Account>> OpenAccountInAsync(NamedPerson person, string language, CancellationToken cancel) =>
        AccountOpening.OpenAsync(unit, person, language, Review.Subject.TimeZone, cancel);

    private sealed record EventRow(string Kind, string Body);

    private static class Sql
    {
        public const string History = "SELECT kind, body FROM event WHERE review_id = @Review ORDER BY sequence";
    }
}

/// <summary>The text a command is about to write, so that its newest version is read with the review.</summary>
public sealed record WritingRef(string Kind, string Key);
