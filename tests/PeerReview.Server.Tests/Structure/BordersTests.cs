using System.Reflection;
using PeerReview.Core;
using Xunit;

namespace PeerReview.Server.Tests.Structure
{
    public sealed class BordersTests
    {
        private const string Server = "PeerReview.Server";
        private const string Sample = "PeerReview.Server.Tests.Structure.Sample";

        private static readonly Type[] Types = typeof(App).Assembly.GetTypes();
        private static readonly Type[] Samples =
            [.. typeof(BordersTests).Assembly.GetTypes()
                .Where(type => type.Namespace?.StartsWith(Sample, StringComparison.Ordinal) == true)];

        [Fact]
        public void Core_stands_on_the_base_library_alone() =>
            Assert.Empty(Borders.BeyondSystem(typeof(Refusal).Assembly.GetReferencedAssemblies()));

        [Fact]
        public void No_feature_names_another() =>
            Assert.Empty(Borders.BetweenFeatures(Types, Server + ".Features"));

        [Fact]
        public void The_platform_names_no_feature() =>
            Assert.Empty(Borders.From(Types, Server + ".Platform", Server + ".Features"));

        [Fact]
        public void Engines_and_schedulers_stay_in_their_stacks()
        {
            Assert.Empty(Borders.OnlyIn(Types, Server + ".Stacks.Elsa", "Elsa", "Hangfire", "Scriban"));
            Assert.Empty(Borders.OnlyIn(Types, Server + ".Stacks.Embedded", "Quartz", "HandlebarsDotNet"));
        }

        [Fact]
        public void Each_border_is_seen_to_be_crossed_in_a_bad_sample()
        {
            Assert.Equal(["Npgsql"], Borders.BeyondSystem([new AssemblyName("System.Runtime"), new AssemblyName("Npgsql")]));

            var between = Borders.BetweenFeatures(Samples, Sample + ".Features");
            Assert.Contains(between, one => one.Contains("Launch.ByField", StringComparison.Ordinal));
            Assert.Contains(between, one => one.Contains("Launch.ByCall", StringComparison.Ordinal));
            Assert.Contains(between, one => one.Contains("Launch.ByGenericArgument", StringComparison.Ordinal));
            Assert.Contains(between, one => one.Contains("Launch.ByLambda", StringComparison.Ordinal));
            Assert.DoesNotContain(between, one => one.StartsWith(Sample + ".Features.Board", StringComparison.Ordinal));

            Assert.NotEmpty(Borders.From(Samples, Sample + ".Features.Launch", Sample + ".Features.Board"));
            Assert.NotEmpty(Borders.OnlyIn(Samples, Sample + ".Features.Board", Sample + ".Features.Board"));
        }
    }
}

namespace PeerReview.Server.Tests.Structure.Sample.Features.Board
{
    internal sealed class Tile
    {
        public static int Count() => 1;
    }
}

namespace PeerReview.Server.Tests.Structure.Sample.Features.Launch
{
    internal sealed class ByField
    {
        public Board.Tile? Tile { get; set; }
    }

    internal static class ByCall
    {
        public static int Run() => Board.Tile.Count() + 1;
    }

    internal static class ByGenericArgument
    {
        public static object Run() => new List<Board.Tile>();
    }

    internal static class ByLambda
    {
        public static Func<int> Run() => () => Board.Tile.Count();
    }
}
