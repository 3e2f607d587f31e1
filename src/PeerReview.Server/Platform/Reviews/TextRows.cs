using System.Text;
using PeerReview.Core;
using PeerReview.Core.Ledger;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>One more version of a text: its row, which version stands, and the event that commits to it.</summary>
internal static class TextRows
{
    /// <summary>Keeps the rows and answers the event. The primary key refuses a version that is there already.</summary>
    public static ReviewEvent.TextWritten Keep(
        UnitOfWork unit, LoadedReview review, NewText text, PersonId by, Salts salts)
    {
        var content = text.CanonicalContent();
        var salt = salts.Next();
        var row = new
        {
            Review = review.Id.Value,
            text.Kind,
            text.Key,
            text.Version,
            Programme = review.Programme.Value,
            Content = content,
            text.Label,
            text.Language,
            Author = by.Value,
            At = review.Now,
            Salt = salt,
        };
        unit.Write(Sql.Version, row, rows: 1);
        unit.Write(text.Version == 1 ? Sql.FirstHead : Sql.NextHead, row, rows: 1);
        return new ReviewEvent.TextWritten(
            text.Kind, text.Key, text.Version, LedgerChain.CommitText(salt, content).ToString(), text.Label, by.Value)
        {
            Keeps = text.Keeps,
            Lacks = text.Lacks,
        };
    }

    /// <summary>The content as stored and committed to.</summary>
    public static string CanonicalContent(this NewText text) => Encoding.UTF8.GetString(CanonicalJson.Of(text.Content));

    /// <summary>The text as it will stand.</summary>
    public static Writing ToWriting(this NewText text, PersonId by, DateTimeOffset at) =>
        new(text.Kind, text.Key, text.Version, text.CanonicalContent(), text.Label, text.Language, by, at);

    private static class Sql
    {
        public const string Version =
            """
            INSERT INTO writing (review_id, kind, key, version, programme_id, content, label, language, author, at, salt)
            VALUES (@Review, @Kind, @Key, @Version, @Programme, @Content, @Label, @Language, @Author, @At, @Salt)
            """;

        public const string FirstHead =
            """
            INSERT INTO writing_head (review_id, kind, key, programme_id, version)
            VALUES (@Review, @Kind, @Key, @Programme, @Version)
            """;

        public const string NextHead =
            """
            UPDATE writing_head SET version = @Version, withdrawn = false
            WHERE review_id = @Review AND kind = @Kind AND key = @Key AND version = @Version - 1
            """;
    }
}
