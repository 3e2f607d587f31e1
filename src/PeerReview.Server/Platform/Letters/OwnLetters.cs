namespace PeerReview.Server.Platform.Letters;

/// <summary>Where a programme keeps letters of its own.</summary>
/// <param name="Folder">Null when there are none.</param>
public sealed record OwnLetters(string? Folder)
{
    /// <summary>Names the folder.</summary>
    public const string Variable = "PEERREVIEW_LETTERS";

    /// <summary>The folder <see cref="Variable"/> names, else <c>letters</c> in the data folder where there is one.</summary>
    /// <param name="variable">Reads one environment variable.</param>
    /// <param name="data">The data folder.</param>
    /// <exception cref="LetterFilesException">The folder that is named is not there.</exception>
    public static OwnLetters FromEnvironment(Func<string, string?> variable, string data)
    {
        var beside = Path.Combine(data, "letters");
        if (variable(Variable) is not { Length: > 0 } named)
            return new OwnLetters(Directory.Exists(beside) ? beside : null);
        return Directory.Exists(named)
            ? new OwnLetters(named)
            : throw new LetterFilesException([$"{Variable} names the folder {named}, which is not there; make it, or unset the variable."]);
    }
}
