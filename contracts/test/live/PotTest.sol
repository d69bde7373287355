// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Kind, Wish} from "../../src/live/IPots.sol";
import {Pots} from "../../src/live/Pots.sol";
import {MarketTest} from "../support/MarketTest.sol";

/// @notice A host with money in the vault, and pots of 1,000,003 units that the operator lets people into for a minute.
abstract contract PotTest is MarketTest {
    uint128 internal constant POT = 1_000_003;
    bytes32 internal constant SECRET = "the host's secret";
    uint40 internal constant ENTRY_SECONDS = 60;
    uint16 internal constant REVEAL_SECONDS = 20;
    uint256 internal constant HOST_SECONDS = 2 minutes;

    Pots internal pots;
    address internal immutable host = person("host");
    address internal immutable ann = person("ann");
    address internal immutable bob = person("bob");
    address internal immutable cyd = person("cyd");

    function setUp() public virtual override {
        super.setUp();
        pots = new Pots(book, operators, batch, address(forwarder));
        _stake(host, RICH);
    }

    function _wish(Kind kind, uint16 places) internal view returns (Wish memory wish) {
        wish.kind = kind;
        wish.places = places;
        wish.entriesUntil = uint40(block.timestamp) + ENTRY_SECONDS;
        wish.revealSeconds = kind == Kind.Draw ? REVEAL_SECONDS : 0;
        wish.operatorId = operatorId;
        wish.commitment = pots.commitmentOf(host, SECRET);
        wish.subject = "a show";
    }

    function _open(Wish memory wish, uint128 amount) internal {
        vm.prank(host);
        book.transferAndCall(address(token), address(pots), amount, abi.encode(wish));
    }

    /// @dev The first pot of a test has number 1.
    function _open(Kind kind, uint16 places) internal {
        _open(_wish(kind, places), POT);
    }

    function _enter(address account, bytes32 commitment) internal {
        vm.prank(operator);
        pots.enter(1, account, commitment);
    }

    /// @dev With the account's own address as its secret.
    function _enterWithSecret(address account) internal {
        _enter(account, pots.commitmentOf(account, _secretOf(account)));
    }

    function _reveal(address account) internal {
        pots.reveal(1, account, _secretOf(account));
    }

    function _secretOf(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    function _mixOf(address account, bytes32 secret) internal pure returns (bytes32) {
        return keccak256(abi.encode(1, account, secret));
    }

    /// @dev Has a block decide the first pot, and makes it.
    function _arm() internal {
        pots.arm(1);
        vm.roll(block.number + 2);
    }

    /// @dev What the armed block, the last but one, makes of the first pot.
    function _seedOf(bytes32 secret, bytes32 mix) internal view returns (bytes32) {
        return keccak256(abi.encode(1, secret, blockhash(block.number - 1), mix));
    }

    /// @dev Past entering and revealing of the first pot.
    function _waitForHost() internal {
        (,,,, uint40 from,) = pots.potOf(1);
        vm.warp(from + 1);
    }

    function _left(uint256 potId) internal view returns (uint128 left) {
        (, left,,,,) = pots.potOf(potId);
    }
}
