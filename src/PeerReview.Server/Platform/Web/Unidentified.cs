namespace PeerReview.Server.Platform.Web;

/// <summary>Marks routes that are the same for everybody: nobody is identified and the database is not asked.</summary>
public sealed class Unidentified
{
    /// <summary>The mark, as metadata of a route.</summary>
    public static readonly Unidentified Marker = new();

    private Unidentified()
    {
    }
}
