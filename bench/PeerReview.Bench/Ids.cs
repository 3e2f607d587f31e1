using System.Globalization;

namespace PeerReview.Bench;

/// <summary>Ids that say what they are, so that a run finds again what its seeding made.</summary>
internal static class Ids
{
    public static Guid Programme { get; } = Of(1, 0);

    public static Guid Review(int number) => Of(2, number);

    /// <summary>One for each State.</summary>
    public static Guid Authority(int state) => Of(3, state);

    public static Guid Coordinator(int number) => Of(4, number);

    public static Guid FocalPoint(int review) => Of(5, review);

    public static Guid Alternate(int review) => Of(6, review);

    public static Guid Letter(int number) => Of(7, number);

    private static Guid Of(int kind, int number) =>
        Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"0000000{kind}-0000-7000-8000-{number:x12}"), CultureInfo.InvariantCulture);
}
