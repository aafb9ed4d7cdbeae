import NIOCore
import NIOPosix

/// The one thread on which every server and client of this process does its socket work. It sleeps while nothing happens.
enum VarlinkThread {
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    static let eventLoop: any EventLoop = group.next()
}
