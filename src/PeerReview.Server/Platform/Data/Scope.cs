using PeerReview.Core;

namespace PeerReview.Server.Platform.Data;

/// <summary>The programmes a transaction may see and touch. PostgreSQL holds it, row by row.</summary>
public sealed record Scope
{
    /// <summary>No programme: only tables without rows of a programme answer.</summary>
    public static readonly Scope None = new("");

    private Scope(string setting) => Setting = setting;

    /// <summary>The value of the setting <c>app.programmes</c>: an array of ids as PostgreSQL writes it, or empty.</summary>
    public string Setting { get; }

    /// <summary>The rows of one programme.</summary>
    public static Scope Of(ProgrammeId programme) => new("{" + programme + "}");

    /// <summary>The rows of several programmes; none of them means <see cref="None"/>.</summary>
    public static Scope Of(IEnumerable<ProgrammeId> programmes)
    {
        var list = string.Join(',', programmes);
        return list.Length == 0 ? None : new Scope("{" + list + "}");
    }
}
