// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";

/// @notice How a pot is given away.
enum Kind {
    /// A red packet: the first `places` who come get the same each, at once.
    Even,
    /// A red packet: the first `places` who come get a part each, as large as chance makes it.
    Lucky,
    /// A lucky draw: `places` of those who came in time are drawn and get the same each.
    Draw
}

/// @notice What a host says when it opens a pot.
struct Wish {
    Kind kind;
    /// Parts of the pot: 1–100 of an even packet, 1–50 otherwise.
    uint16 places;
    /// Unix seconds; nobody enters later.
    uint40 entriesUntil;
    /// Draw: how long afterwards those who entered with a commitment may show their secret; at most ten minutes.
    uint16 revealSeconds;
    /// The operator that lets people in, by the host's rules; 0: everybody enters by themselves.
    uint24 operatorId;
    /// `commitmentOf(host, secret)`; zero: the host wants no say, and the block decides alone. Of no meaning for an even packet.
    bytes32 commitment;
    /// Where it is given away, as the host calls it: a live show.
    bytes32 subject;
}

/// @title Pots: money that somebody gives away to those who come, at once or by a chance that anyone can recompute.
/// @notice The whole pot leaves the host's balance when it is opened. What nobody wins goes back to the host, everything else to those
/// who entered, and nothing to anybody else. Chance is three things mixed: the secrets of those who entered and want to have a say, the
/// hash of a block that is named only when nobody enters or shows a secret any more ({arm}), and the host's secret, which it committed
/// to before anyone entered and shows last, when that block is there. So nobody who still has a choice knows what it does: friends of
/// the host who keep a secret back or show it late do not know the block, whoever makes the block does not know the host's secret, and
/// the host has no choice left but to show its secret or not. Who keeps a secret back is not drawn, for all to see.
/// A host that keeps its own back cannot keep the money: two minutes after the pot was armed anyone may arm it again, and then the hash
/// of another block decides without the host. That is one second try, and no more.
/// Host and block maker together can choose, as long as they can try hashes.
/// @dev This contract's balance in the vault is, per token, the sum of what its pots hold.
interface IPots is IPaymentReceiver {
    event PotOpened(uint256 indexed potId, address indexed host, address token, uint128 amount, Wish wish);
    /// @param place 1, 2, 3 … in the order of entering.
    event PotEntered(uint256 indexed potId, address indexed account, uint32 place, bytes32 commitment);
    /// @notice One who entered has shown the secret of its commitment, and can be drawn.
    event PotRevealed(uint256 indexed potId, address indexed account, bytes32 secret);
    /// @notice The hash of this block decides, together with the host's secret; or without it.
    event PotArmed(uint256 indexed potId, uint256 blockNumber, bool withHost);
    /// @param secret The host's; zero: it has no say, or kept it back.
    /// @param blockHash Of the block that was armed last.
    /// @param mix See {IPots.reveal}.
    event PotDecided(uint256 indexed potId, bytes32 seed, bytes32 secret, bytes32 blockHash, bytes32 mix);
    event PotPaid(uint256 indexed potId, address indexed account, uint128 amount);
    /// @notice Nothing is left in it. `returned` went back to the host.
    event PotClosed(uint256 indexed potId, uint128 returned);

    /// @notice Thrown for no places, more than 100 of an even packet or 50 of another pot, less than a unit per place, an end that is past or more than a day away, or a
    /// reveal time above ten minutes or without a draw.
    error Pots_Invalid();
    error Pots_NotOrderBook(address caller);
    /// @notice Thrown when somebody else than the pot's operator lets people in, or somebody enters for another.
    error Pots_NotAdmitted(uint256 potId, address caller);
    error Pots_AlreadyEntered(uint256 potId, address account);
    /// @notice Thrown for the host itself, nobody, this contract, and for a secret of one's own where no draw waits for it.
    error Pots_CannotEnter(uint256 potId, address account);
    /// @notice Thrown when all places are taken, the time is over, or the pot is decided.
    error Pots_Closed(uint256 potId);
    error Pots_TooEarly(uint256 potId, uint256 from);
    /// @notice Thrown when the time is over, the host has no say any more, or the armed block is forgotten.
    error Pots_TooLate(uint256 potId, uint256 until);
    error Pots_WrongSecret(uint256 potId);

    /// @notice Enters an account; once per account. An even packet pays it at once.
    /// @param commitment Draw: `commitmentOf(account, secret)` of whoever wants a say in the outcome, and must be there to show the
    /// secret; otherwise zero.
    function enter(uint256 potId, address account, bytes32 commitment) external;

    /// @notice Shows the secret of an account that entered with a commitment: from the end of entering, for the draw's reveal time.
    /// Anyone who knows it. The mix is the exclusive or of `keccak256(abi.encode(potId, account, secret))` of all who can be drawn;
    /// whoever entered without a commitment counts with a secret of zero.
    function reveal(uint256 potId, address account, bytes32 secret) external;

    /// @notice Has the hash of the next block decide, once nobody enters or reveals any more. Anyone. Again, and then without the host:
    /// two minutes later, or when the chain has forgotten the block (after 256 others, where it keeps no history of hashes).
    function arm(uint256 potId) external;

    /// @notice Decides by the armed block and the host's secret, and pays. Anyone who knows it.
    /// Seed: `keccak256(abi.encode(potId, secret, blockHash, mix))`.
    function decide(uint256 potId, bytes32 secret) external;

    /// @notice Decides by the armed block alone, with a secret of zero, where the host has no say; and pays. Anyone.
    function decideByBlock(uint256 potId) external;

    /// @notice Gives what an even packet has left back to its host once its time is over, and a pot that nobody can win. Anyone.
    function close(uint256 potId) external;

    /// @notice What a host or one who enters commits to: `keccak256(abi.encode(account, secret))`.
    function commitmentOf(address account, bytes32 secret) external pure returns (bytes32);

    /// @return host Zero: no such pot.
    /// @return left What it still holds.
    /// @return entries How many have entered.
    /// @return candidates How many can be drawn so far.
    /// @return decidableFrom Unix seconds after which it can be armed; once it is, after which the host's two minutes run.
    /// @return armedBlock 0: not armed.
    function potOf(uint256 potId)
        external
        view
        returns (address host, uint128 left, uint32 entries, uint32 candidates, uint40 decidableFrom, uint256 armedBlock);
}
