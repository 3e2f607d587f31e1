using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Accounts;

/// <summary>What a person may change about themselves. The e-mail address is not among it: it proves who they are.</summary>
public sealed class MyAccount(Database database, TextCatalogue texts)
{
    private const int MaxName = 200;

    /// <summary>Saves all of it, or nothing and says what is wrong.</summary>
    public async Task<Verdict<Change>> ChangeAsync(PersonId person, Change wanted, CancellationToken cancel)
    {
        var change = new Change(wanted.Name.Trim(), wanted.Office.Trim(), wanted.Language, wanted.TimeZone);
        if (Refuse(change) is { } refusal)
            return refusal;
        await database.ExecuteAsync(
            Scope.None, Sql.Change, new { Id = person.Value, change.Name, change.Office, change.Language, change.TimeZone }, cancel);
        return change;
    }

    /// <summary>Every role the person holds, in whatever review.</summary>
    public async Task<IEnumerable<Grant>> RolesAsync(Caller caller, CancellationToken cancel) => HeldRoles.Read(
        await database.QueryAsync<HeldRole>(caller.Scope, HeldRoles.All, new { Person = caller.Id.Value }, cancel));

    /// <summary>Saves the language alone; it must be one there are texts of.</summary>
    public Task ChooseLanguageAsync(PersonId person, string language, CancellationToken cancel) =>
        database.ExecuteAsync(Scope.None, Sql.ChooseLanguage, new { Id = person.Value, Language = language }, cancel);

    private Refusal? Refuse(Change change)
    {
        if (change.Name.Length is 0 or > MaxName || !OneLine.Is(change.Name))
            return new Refusal("accounts.name", RefusalKind.Invalid, "name").With("max", MaxName);
        if (change.Office.Length > MaxName || !OneLine.Is(change.Office))
            return new Refusal("accounts.office", RefusalKind.Invalid, "office").With("max", MaxName);
        if (!texts.Has(change.Language))
            return new Refusal("accounts.language-unknown", RefusalKind.Invalid, "language");
        if (!Zones.Exists(change.TimeZone))
            return new Refusal("accounts.zone-unknown", RefusalKind.Invalid, "timeZone");
        return null;
    }

    private static class Sql
    {
        public const string Change =
            "UPDATE person SET name = @Name, office = @Office, language = @Language, time_zone = @TimeZone WHERE id = @Id";

        public const string ChooseLanguage = "UPDATE person SET language = @Language WHERE id = @Id";
    }
}

/// <summary>What a person may change.</summary>
/// <param name="Name">As letters and signatures write it.</param>
/// <param name="Office">The office held, as signatures write it; may be empty.</param>
/// <param name="Language">A language of two letters.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed record Change(string Name, string Office, string Language, string TimeZone);
