using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Tests.Web;

/// <summary>The texts of the program; a missing one throws.</summary>
public static class TestTexts
{
    public static StateNames States { get; } = StateNames.Load(Path.Combine(AppContext.BaseDirectory, "workflows/reference/states.csv"));

    public static TextCatalogue Catalogue { get; } = TextCatalogue.Load(States, Throw);

    public static Texts English => Catalogue.English;

    public static void Throw(string language, string key) =>
        throw new InvalidOperationException($"The text '{key}' is missing in '{language}'.");
}
